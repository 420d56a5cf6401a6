package dev.laurel.cli.up;

import dev.laurel.cli.common.RowsFolder;
import dev.laurel.cli.output.LogFile;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of one {@code laurel up}: the models repository, kept rows, and a lock that keeps a second one out. */
final class Home implements AutoCloseable {
    private static final String REPOSITORY = "models.git";
    private static final String LOCK = "up.lock";

    private final Path folder;
    private final FileChannel lock;

    private Home(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** @throws InvalidValueException when the folder is not a home, cannot be written, or is another process's */
    static Home open(Path folder) {
        checkIsOurs(folder);
        try {
            Files.createDirectories(folder);
            return new Home(folder, lock(folder));
        } catch (IOException e) {
            throw new InvalidValueException("home", folder, "a folder that can be written");
        }
    }

    private static void checkIsOurs(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        Expect.that(Files.isDirectory(folder), "home", folder, "a folder, not a file");
        try (Stream<Path> entries = Files.list(folder)) {
            if (!Files.exists(folder.resolve(REPOSITORY))
                    && !entries.map(entry -> entry.getFileName().toString()).allMatch(Home::isOurs)) {
                throw new InvalidValueException(
                        "home", folder, "an empty or missing folder, or the home of an earlier 'laurel up'");
            }
        } catch (IOException e) {
            throw new InvalidValueException("home", folder, "a folder that can be read and written");
        }
    }

    /** What an 'up' that did not get as far as the models repository may have left behind. */
    private static boolean isOurs(String name) {
        return name.equals(RowsFolder.FOLDER)
                || name.equals(LOCK)
                || name.startsWith(LogFile.NAME)
                || name.startsWith("." + REPOSITORY + "-");
    }

    private static FileChannel lock(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            String holder = Files.readString(file).strip();
            throw new InvalidValueException(
                    "home", folder, "a home that no other 'laurel up' uses; process " + holder + " does");
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path repository() {
        return folder.resolve(REPOSITORY);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
