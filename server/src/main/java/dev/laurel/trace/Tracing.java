package dev.laurel.trace;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Is told of spans: a request, and the steps of its way. */
public interface Tracing extends AutoCloseable {
    /** Tells nobody. */
    Tracing OFF = new Tracing() {};

    /**
     * The first span that this process has of something.
     *
     * @param caller who asks; null where nobody said so, and for work that nobody asked for
     */
    default Span root(String name, @Nullable TraceParent caller) {
        return Span.NONE;
    }

    /** A part of the span that this thread is in. */
    default Span step(String name) {
        return Span.NONE;
    }

    /** Does that as a part of the span that this thread is in. */
    default <T> T step(String name, Supplier<T> work) {
        try (Span span = step(name)) {
            try {
                return work.get();
            } catch (RuntimeException | Error e) {
                span.failed(e.getClass().getSimpleName());
                throw e;
            }
        }
    }

    /** Sends what has not been sent. */
    @Override
    default void close() {}
}
