package dev.laurel.run;

/** Is told what a run does while it does it, a line at a time. */
@FunctionalInterface
public interface Progress {
    void line(String text);

    /** How far the search has come. */
    default void trials(int done, int most) {}
}
