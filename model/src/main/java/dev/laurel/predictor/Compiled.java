package dev.laurel.predictor;

/**
 * A trained model in the form in which it answers: flat arrays, read from Laurel's own format, so that a model file names no class and a
 * server has no training library. Immutable; safe for many threads. {@code docs/model-file.md} describes each kind byte by byte.
 */
public sealed interface Compiled permits BoostedTrees, Calibrated, Linear, Neighbours, SupportVectors, Trees {

    /** Length of the vectors that it takes. */
    int inputs();

    /** Numbers that it answers with: one for each label, or one value. */
    int outputs();

    /**
     * Answers for one vector, without allocating.
     *
     * @param vector {@link #inputs()} finite numbers
     * @param scores takes {@link #outputs()} numbers
     */
    void scores(double[] vector, double[] scores);

    /** @throws InvalidModelFileException when there is a vector for which the scores are not shares of 1 */
    void expectShares();
}
