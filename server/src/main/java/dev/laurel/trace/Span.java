package dev.laurel.trace;

import java.util.Optional;

/** A piece of work that lasts until it is closed. Begun and closed on one thread. */
public interface Span extends AutoCloseable {
    /** Of nothing that anybody follows. */
    Span NONE = new Span() {};

    /** What those who are asked in turn are told; empty where nobody follows. */
    default Optional<TraceParent> traceParent() {
        return Optional.empty();
    }

    default void name(String name) {}

    default void attribute(String name, String value) {}

    default void failed(String reason) {}

    @Override
    default void close() {}
}
