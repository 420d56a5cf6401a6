package dev.laurel.predict;

/** Is told of every exchange, whatever the protocol; must be quick, and cannot change the answer. */
@FunctionalInterface
public interface Observer {
    void observe(Exchange exchange);
}
