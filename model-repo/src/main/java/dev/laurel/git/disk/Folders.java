package dev.laurel.git.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.eclipse.jgit.util.SystemReader;

/** Folders as a whole. */
public final class Folders {
    private Folders() {}

    /** Has a file that was moved or linked be there for good: it is once its folder is on disk too. */
    public static void sync(Path folder) throws IOException {
        // Windows opens no folder as a file, and its journal does not need this.
        if (!SystemReader.getInstance().isWindows()) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Removes a folder with all that is in it. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
