package dev.laurel.cli.serve;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C: lets the command come to its end by itself, and keeps the process until it has. */
public final class Stop implements AutoCloseable {
    /** Longer than the longest step that is not cut short: fitting one experiment, writing a commit, answering a request. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    public Stop() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::askAndWait, "stop"));
    }

    private void askAndWait() {
        asked.countDown();
        try {
            boolean inTime = ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                System.err.println("laurel: stopped in the middle of a step; nothing of it is kept");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Waits; true as soon as a stop is asked for. */
    public boolean isAskedWithin(Duration time) throws InterruptedException {
        return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    void await() throws InterruptedException {
        asked.await();
    }

    /** The command has come to its end. */
    @Override
    public void close() {
        ended.countDown();
    }
}
