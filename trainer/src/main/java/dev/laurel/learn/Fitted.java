package dev.laurel.learn;

import dev.laurel.predictor.ModelFile;

/** A fitted experiment. Most are never kept, so that only the best is asked for its model file. */
public interface Fitted {
    /** The probability of the positive label, as a server will compute it. */
    double probability(double[] vector);

    ModelFile modelFile();
}
