package dev.laurel.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.laurel.git.disk.Folders;
import dev.laurel.git.disk.Refs;
import dev.laurel.git.disk.Turn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/**
 * Moves {@code main} by Git's own protocol: the new id in {@code main.lock}, which is then renamed to {@code main}. JGit's writer would do,
 * but when it is killed in between its lock stays for ever. This one knows the lock of a dead writer for sure: our writers take a {@link
 * Turn}, which ends with its process, and {@code main.lock} is a second name of a file that only they make. So
 * whoever has the turn and finds that file under both names finds what a dead writer left; a lock that C git holds is another file.
 */
final class MainRef {
    private static final Duration LONGEST_MOVE = Duration.ofSeconds(1);

    private final Repository repository;
    private final Path branches;
    private final Path main;
    private final Path lock;
    private final Path ours;
    private final Path next;

    MainRef(Repository repository) {
        this.repository = repository;
        Path folder = repository.getCommonDirectory().toPath();
        this.branches = folder.resolve(Constants.R_HEADS);
        this.main = branches.resolve("main");
        this.lock = branches.resolve("main.lock");
        this.ours = folder.resolve("laurel");
        this.next = ours.resolve("main");
    }

    /** A place in the line of those who have lost a race for main; empty when it is long. */
    Optional<Turn> lineUp(Duration patience) throws IOException {
        return Turn.take(ours.resolve("line"), patience);
    }

    /** The file that a writer holds while it writes. */
    Path lock() {
        return lock;
    }

    /**
     * @param expected what main is expected to be; the zero id where it is to be made
     * @return false when main is something else, or somebody else is just writing it; then it is as it was
     */
    boolean move(ObjectId expected, ObjectId id) throws IOException {
        Optional<Turn> turn = Turn.take(ours.resolve("turn"), LONGEST_MOVE);
        if (turn.isEmpty()) {
            return false;
        }
        try {
            return moveInTurn(expected, id);
        } finally {
            turn.get().close();
        }
    }

    private boolean moveInTurn(ObjectId expected, ObjectId id) throws IOException {
        clearAfterDeadWriter();
        write(id);
        Files.createDirectories(branches);
        try {
            Files.createLink(lock, next);
        } catch (FileAlreadyExistsException cGitIsWriting) {
            return false;
        }
        boolean moved = false;
        try {
            if (stands(expected)) {
                Files.move(lock, main, StandardCopyOption.ATOMIC_MOVE);
                moved = true;
                Folders.sync(branches);
            }
            return moved;
        } finally {
            // Once it is moved, a lock that stands there is that of C git.
            if (!moved) {
                Files.deleteIfExists(lock);
            }
            Files.deleteIfExists(next);
        }
    }

    private void clearAfterDeadWriter() throws IOException {
        try {
            if (Files.isSameFile(next, lock)) {
                Files.delete(lock);
            }
        } catch (NoSuchFileException noLockOfOurs) {
            // One of the two is not there, as it should be.
        }
        Files.deleteIfExists(next);
    }

    private void write(ObjectId id) throws IOException {
        try (FileChannel file = FileChannel.open(next, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer text = ByteBuffer.wrap((id.name() + "\n").getBytes(US_ASCII));
            while (text.hasRemaining()) {
                file.write(text);
            }
            file.force(true);
        }
        // Without its first name the lock of this writer would be nobody's after a power failure.
        Folders.sync(ours);
    }

    /** Whether main is this commit; the zero id for none. A write that has lost its race already is not worth its objects. */
    boolean stands(ObjectId expected) throws IOException {
        Ref ref = repository.exactRef(Refs.MAIN);
        ObjectId id = ref == null ? null : ref.getObjectId();
        return expected.equals(id == null ? ObjectId.zeroId() : id);
    }
}
