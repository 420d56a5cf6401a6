package dev.laurel.registry.git;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.jgit.util.SystemReader;

/** A file that was moved or linked is there for good once its folder is on disk too. */
final class Fsync {
    private Fsync() {}

    static void folder(Path folder) throws IOException {
        // Windows opens no folder as a file, and its journal does not need this.
        if (!SystemReader.getInstance().isWindows()) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
