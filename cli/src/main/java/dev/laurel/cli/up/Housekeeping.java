package dev.laurel.cli.up;

import dev.laurel.cli.repository.GarbageText;
import dev.laurel.git.collect.Garbage;
import dev.laurel.git.disk.Watch;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryException;
import java.io.PrintWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Collects garbage beside training whenever enough has gathered, in a thread that nobody waits for. */
final class Housekeeping implements AutoCloseable {
    /** Reading slows down from about here on; some 250 training runs. */
    static final long MANY_LOOSE_OBJECTS = 5_000;

    /** As long as {@code laurel gc} leaves bytes that nothing needs any more. */
    private static final Duration GRACE = Duration.ofDays(14);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Registry registry;
    private final long many;
    private final PrintWriter out;
    private volatile boolean closed;
    private @Nullable Thread thread;

    Housekeeping(Registry registry, long many, PrintWriter out) {
        this.registry = registry;
        this.many = many;
        this.out = out;
    }

    /** Starts collecting when there is enough of it and nobody does yet. */
    void tidy() {
        if ((thread == null || !thread.isAlive()) && registry.looseObjects() > many) {
            thread = new Thread(this::collect, "housekeeping");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void collect() {
        try {
            Garbage garbage = registry.collectGarbage(GRACE, false, new UntilClosed());
            if (!closed) {
                out.println(GarbageText.of(garbage));
            }
        } catch (RegistryException e) {
            if (!closed) {
                out.println("housekeeping: " + e.getMessage());
            }
        }
    }

    /** Ends it between two steps; what it has done so far stays done, the rest is for the next time. */
    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            try {
                thread.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class UntilClosed implements Watch {
        @Override
        public void at(String what, int done, int total) {
            // Nobody watches.
        }

        @Override
        public boolean isCancelled() {
            return closed;
        }
    }
}
