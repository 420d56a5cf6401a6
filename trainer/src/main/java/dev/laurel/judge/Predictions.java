package dev.laurel.judge;

import dev.laurel.evaluation.Evaluation;
import dev.laurel.evaluation.Metrics;

/** What a model said about some rows: the true label of each and the predicted probability that it is the positive one. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Predictions(boolean[] positive, double[] probability) {
    public Metrics metrics() {
        return Evaluation.of(positive, probability);
    }
}
