package dev.laurel.evaluation;

/** What a model answered for some rows, to be measured on all of them or on a sample. */
public interface Evaluated {
    int rows();

    /** On these rows, by their places; a row may stand there more than once. */
    Metrics metrics(int[] rows);

    Metrics metrics();
}
