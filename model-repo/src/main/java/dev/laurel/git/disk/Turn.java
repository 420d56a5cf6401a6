package dev.laurel.git.disk;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one thread of one process has at a time, until it gives it back or its process ends, however it ends: a lock of the operating
 * system on a file. Those locks are of the whole process, so its threads take turns among themselves first.
 */
public final class Turn implements AutoCloseable {
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();
    private static final long LONGEST_PAUSE_MILLIS = 10;

    private final ReentrantLock thread;
    private final FileChannel process;

    private Turn(ReentrantLock thread, FileChannel process) {
        this.thread = thread;
        this.process = process;
    }

    /** @return empty when others had it all the time */
    public static Optional<Turn> take(Path file, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        Path folder = Files.createDirectories(file.getParent()).toRealPath();
        ReentrantLock thread =
                THREADS.computeIfAbsent(folder.resolve(file.getFileName()), path -> new ReentrantLock(true));
        Turn turn = null;
        try {
            if (!thread.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
            FileChannel channel = null;
            try {
                channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock();
                while (lock == null && System.nanoTime() < end) {
                    Thread.sleep(ThreadLocalRandom.current().nextLong(1, LONGEST_PAUSE_MILLIS + 1));
                    lock = channel.tryLock();
                }
                turn = lock == null ? null : new Turn(thread, channel);
                return Optional.ofNullable(turn);
            } finally {
                if (turn == null) {
                    if (channel != null) {
                        channel.close();
                    }
                    thread.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while others wrote");
        }
    }

    @Override
    public void close() {
        try {
            process.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            thread.unlock();
        }
    }
}
