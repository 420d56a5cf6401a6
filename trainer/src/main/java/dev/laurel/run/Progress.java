package dev.laurel.run;

/** Is told what a run does while it does it, a line at a time. */
@FunctionalInterface
public interface Progress {
    void line(String text);
}
