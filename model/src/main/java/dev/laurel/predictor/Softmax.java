package dev.laurel.predictor;

/** Sums of labels turned into their shares. */
final class Softmax {
    private Softmax() {}

    /** Replaces the first {@code length} sums by shares in the proportions of their exponentials. */
    static void of(double[] scores, int length) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int output = 0; output < length; output++) {
            highest = Math.max(highest, scores[output]);
        }
        double sum = 0;
        for (int output = 0; output < length; output++) {
            // StrictMath, so that every machine answers the same.
            scores[output] = StrictMath.exp(scores[output] - highest);
            sum += scores[output];
        }
        for (int output = 0; output < length; output++) {
            scores[output] /= sum;
        }
    }
}
