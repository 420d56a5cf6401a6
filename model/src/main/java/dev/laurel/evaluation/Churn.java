package dev.laurel.evaluation;

import dev.laurel.model.Expect;

/**
 * How the answers of one model differ from those of another on the very same rows: what the users of a model see change when its
 * version does, even where no metric moves. After Milani Fard, Cormier, Canini and Gupta, "Launch and iterate: reducing prediction
 * churn" (NIPS 2016), where churn is the share of rows with another predicted label.
 *
 * @param rows those that were compared
 * @param changed rows with another predicted label: {@code corrected} ones that are right only now, {@code broken} ones that were
 *     right before
 * @param meanShift the mean absolute difference of the predicted probabilities
 */
public record Churn(int rows, int changed, int corrected, int broken, double meanShift) {
    public Churn {
        Expect.range("rows", rows, 1, Integer.MAX_VALUE);
        Expect.range("changed", changed, 0, rows);
        Expect.that(changed == corrected + broken, "changed", changed, "corrected and broken together");
    }

    /**
     * @param positive the true labels, one for each row; at least one row
     * @param before the probabilities of the positive label that the one model predicted, {@code after} those of the other
     */
    public static Churn of(boolean[] positive, double[] before, double[] after) {
        Expect.that(
                before.length == positive.length && after.length == positive.length,
                "probabilities",
                before.length + " and " + after.length,
                "one for each row: " + positive.length);
        int corrected = 0;
        int broken = 0;
        double shift = 0;
        for (int i = 0; i < positive.length; i++) {
            boolean now = Evaluation.isPredicted(after[i]);
            if (now != Evaluation.isPredicted(before[i])) {
                if (now == positive[i]) corrected++;
                else broken++;
            }
            shift += Math.abs(after[i] - before[i]) / positive.length;
        }
        return new Churn(positive.length, corrected + broken, corrected, broken, shift);
    }

    /** The share of rows with another predicted label, 0..1. */
    public double share() {
        return (double) changed / rows;
    }
}
