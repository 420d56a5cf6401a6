package dev.laurel.predict;

/** Is told of every exchange, whatever the protocol; must be quick, and cannot change the answer. */
@FunctionalInterface
public interface Observer {
    void observe(Exchange exchange);

    /** The other version answered the same request, behind the answer that was given: as a shadow, or the champion after a canary. */
    default void behind(Answered answered) {}
}
