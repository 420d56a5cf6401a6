package dev.laurel.follow;

import dev.laurel.program.Reason;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.RegistryException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A models repository that may be out of reach when a server starts. It is opened in a thread of its own, again and again until it is
 * there; who asks meanwhile is told why it is not, after a short wait.
 */
public final class LateRegistry implements Supplier<Registry>, AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(3);
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 8_000;

    private final Supplier<Registry> opening;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Registry registry;
    private @Nullable RegistryException problem;
    private boolean closed;

    private LateRegistry(Supplier<Registry> opening) {
        this.opening = opening;
        this.thread = new Thread(this::open, "registry");
        thread.setDaemon(true);
    }

    public static LateRegistry of(Supplier<Registry> opening) {
        LateRegistry late = new LateRegistry(opening);
        late.thread.start();
        return late;
    }

    /** @throws RegistryException why it is not open yet */
    @Override
    public Registry get() {
        lock.lock();
        try {
            long left = WAIT.toNanos();
            while (registry == null && problem == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (registry != null) {
                return registry;
            }
            throw problem != null
                    ? new RegistryException(String.valueOf(problem.getMessage()), problem)
                    : new RegistryException(
                            "the models repository has not answered yet",
                            new IOException("no answer for %s s".formatted(WAIT.toSeconds())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException("interrupted", new IOException(e));
        } finally {
            lock.unlock();
        }
    }

    private void open() {
        long longest = FIRST_PAUSE_MILLIS;
        while (!openOnce()) {
            try {
                // Never in step with the other pods, which wait for the same host.
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest));
            } catch (InterruptedException e) {
                return;
            }
            longest = Math.min(2 * longest, LONGEST_PAUSE_MILLIS);
        }
    }

    private boolean openOnce() {
        @Nullable Registry opened = null;
        @Nullable RegistryException failed = null;
        try {
            opened = opening.get();
        } catch (RegistryException e) {
            failed = e;
        } catch (RuntimeException e) {
            failed = new RegistryException(Reason.of(e), e);
        }
        lock.lock();
        try {
            problem = failed;
            if (closed && opened != null) {
                opened.close();
                return true;
            }
            registry = opened;
            changed.signalAll();
            return opened != null || closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (registry != null) {
                registry.close();
            }
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }
}
