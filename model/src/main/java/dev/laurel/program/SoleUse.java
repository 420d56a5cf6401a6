package dev.laurel.program;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** That nobody else uses a folder: the lock on a file in it, which ends with the process at the latest. */
public final class SoleUse implements AutoCloseable {
    private final FileChannel locked;

    private SoleUse(FileChannel locked) {
        this.locked = locked;
    }

    /**
     * @param file made where it is missing
     * @return empty while another has it, in this process or elsewhere
     */
    public static Optional<SoleUse> of(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new SoleUse(channel));
            }
        } catch (OverlappingFileLockException e) {
            // Another of this process has it.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        locked.close();
    }
}
