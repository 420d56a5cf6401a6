package dev.laurel.predict;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Works behind answers that are given already, on a thread of its own. What waits is bounded by its rows; beyond that work is refused, so
 * that it never delays an answer and never fills the memory.
 */
final class Behind implements AutoCloseable {
    private static final int MOST_ROWS = 20_000;

    private final Semaphore rows = new Semaphore(MOST_ROWS);
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread behind = new Thread(task, "behind");
        behind.setDaemon(true);
        return behind;
    });

    /** @return false when it is refused */
    boolean offer(int weight, Runnable work) {
        if (!rows.tryAcquire(weight)) {
            return false;
        }
        try {
            thread.execute(() -> {
                try {
                    work.run();
                } finally {
                    rows.release(weight);
                }
            });
            return true;
        } catch (RejectedExecutionException closed) {
            rows.release(weight);
            return false;
        }
    }

    /** What waits is not worth waiting for. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
