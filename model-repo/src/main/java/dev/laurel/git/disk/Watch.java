package dev.laurel.git.disk;

/** Is told how far a long piece of work is, and may end it between two steps. */
public interface Watch {
    /** @param what is counted, such as {@code objects}; {@code total} is 0 while it is unknown */
    void at(String what, int done, int total);

    default boolean isCancelled() {
        return false;
    }
}
