package dev.laurel.evaluation;

import dev.laurel.model.Expect;
import java.util.Locale;

/**
 * How the answers of one model differ from those of another on the very same rows: what the users of a model see change when its
 * version does, even where no metric moves. After Milani Fard, Cormier, Canini and Gupta, "Launch and iterate: reducing prediction
 * churn" (NIPS 2016), where churn is the share of rows with another predicted label.
 *
 * @param rows those that were compared
 * @param changed rows with another predicted label or value: {@code corrected} ones that are right only now, or nearer to the truth,
 *     {@code broken} ones that were right before, or nearer
 * @param meanShift the mean absolute difference of the probabilities of the positive label (with more than two labels: half the sum of the
 *     differences of all), or of the values
 */
public record Churn(Kind kind, int rows, int changed, int corrected, int broken, double meanShift) {
    /** What is compared, and so what is right and what is wrong. */
    public enum Kind {
        LABELS("to right", "to wrong", "probabilities"),
        VALUES("nearer to the truth", "farther from it", "answers");

        private final String corrected;
        private final String broken;
        private final String shifted;

        Kind(String corrected, String broken, String shifted) {
            this.corrected = corrected;
            this.broken = broken;
            this.shifted = shifted;
        }
    }

    public Churn {
        Expect.range("rows", rows, 1, Integer.MAX_VALUE);
        Expect.range("changed", changed, 0, rows);
        Expect.that(changed >= corrected + broken, "changed", changed, "at least corrected and broken together");
    }

    /** The share of rows with another predicted label, 0..1. */
    public double share() {
        return (double) changed / rows;
    }

    /** In a sentence, without its end. */
    public String described() {
        return String.format(
                Locale.ROOT,
                "Churn: %s of %s answers change (%.1f %%), %s %s and %s %s; %s move by %.4f on average",
                changed,
                rows,
                100 * share(),
                corrected,
                kind.corrected,
                broken,
                kind.broken,
                kind.shifted,
                meanShift);
    }
}
