package dev.laurel.trace;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ids of the request that a thread works on, whatever its protocol. */
public record Trail(String requestId, @Nullable TraceParent trace) {
    private static final ThreadLocal<@Nullable Trail> CURRENT = new ThreadLocal<>();

    /** Empty outside of requests. */
    public static Optional<Trail> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** From here on this thread works on that request, until it leaves. */
    public void enter() {
        CURRENT.set(this);
    }

    public static void leave() {
        CURRENT.remove();
    }

    /** Work for another thread, which is then on the same request as this one. */
    public static Runnable carried(Runnable work) {
        Trail trail = CURRENT.get();
        if (trail == null) {
            return work;
        }
        return () -> {
            trail.enter();
            try {
                work.run();
            } finally {
                leave();
            }
        };
    }
}
