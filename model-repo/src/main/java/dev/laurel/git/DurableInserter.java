package dev.laurel.git;

import dev.laurel.git.disk.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.errors.ObjectWritingException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;

/**
 * JGit puts each object on disk, but not the folder that it moves it to; this does that too, for all of them at the end. What is there
 * already it touches.
 */
final class DurableInserter extends ObjectInserter.Filter {
    private static final int MOST_TRIES = 5;

    private final ObjectInserter inserter;
    private final Path objects;
    private final SortedSet<String> folders = new TreeSet<>();

    DurableInserter(Repository repository) {
        this.inserter = repository.newObjectInserter();
        this.objects = repository.getCommonDirectory().toPath().resolve("objects");
    }

    @Override
    protected ObjectInserter delegate() {
        return inserter;
    }

    @Override
    public ObjectId insert(int type, byte[] data) throws IOException {
        return insert(type, data, 0, data.length);
    }

    /** Garbage collection removes a folder that it has emptied, which may happen just when JGit has seen it there. */
    @Override
    public ObjectId insert(int type, byte[] data, int offset, int length) throws IOException {
        touch(inserter.idFor(type, data, offset, length));
        for (int tries = 1; ; tries++) {
            try {
                return noted(super.insert(type, data, offset, length));
            } catch (ObjectWritingException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Trees that are long; JGit would write them before it looks whether they are there. */
    @Override
    public ObjectId insert(int type, long length, InputStream in) throws IOException {
        return insert(type, in.readNBytes(Math.toIntExact(length)));
    }

    /**
     * As C git does. A commit that lost its race weeks ago left objects that nothing reaches; whoever needs one of them today must not lose
     * it to a collection of garbage that runs beside.
     */
    private void touch(ObjectId id) throws IOException {
        String name = id.name();
        try {
            Files.setLastModifiedTime(
                    objects.resolve(name.substring(0, 2)).resolve(name.substring(2)), FileTime.from(Instant.now()));
        } catch (NoSuchFileException e) {
            // New, or in a pack.
        }
    }

    private ObjectId noted(ObjectId id) {
        folders.add(id.name().substring(0, 2));
        return id;
    }

    @Override
    public void flush() throws IOException {
        super.flush();
        Folders.sync(objects);
        for (String name : folders) {
            Path folder = objects.resolve(name);
            // What was there before, in a pack, needs no folder.
            if (Files.isDirectory(folder)) {
                Folders.sync(folder);
            }
        }
        folders.clear();
    }
}
