package dev.laurel.search;

import dev.laurel.predictor.ModelFile;

/** A fitted experiment. Writing it down takes longer than fitting it did, so that only the best is asked for its model file. */
public interface Fitted {
    /** The probability of the positive label. */
    double probability(double[] vector);

    ModelFile modelFile();
}
