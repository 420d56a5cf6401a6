package dev.laurel.predict;

/** Is told of every request that was answered, whatever the protocol; must be quick, and cannot change the answer. */
@FunctionalInterface
public interface Observer {
    void answered(Answered answered);
}
