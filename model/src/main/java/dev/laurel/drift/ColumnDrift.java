package dev.laurel.drift;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was compared with the profile: a line of a report, and a row of a table of metrics.
 *
 * @param rows that said something of it
 * @param distance 0..1: what is compared with {@link DriftRules}; the Kolmogorov-Smirnov distance of numbers, the total variation of words,
 *     the difference of the shares of missing values
 * @param p how likely it is that chance alone gives such a distance
 * @param q the same beside all other tests, by Benjamini and Hochberg
 * @param psi population stability index: of numbers and words
 * @param psiByChance what {@code psi} comes to on average without drift, at so many rows
 * @param chiSquared of words and labels
 * @param wasserstein of numbers, in standard deviations of the training rows; absent where these did not vary
 * @param shareThen the share of missing values among the training rows, 0..1
 * @param shareNow the same now
 * @param unseen words that no training row had
 */
public record ColumnDrift(
        String name,
        Kind kind,
        Verdict verdict,
        long rows,
        double distance,
        double p,
        double q,
        @Nullable Double psi,
        @Nullable Double psiByChance,
        @Nullable Double chiSquared,
        @Nullable Double wasserstein,
        @Nullable Double shareThen,
        @Nullable Double shareNow,
        @Nullable List<String> unseen) {
    /** What is compared. */
    public enum Kind {
        /** The numbers of a feature. */
        NUMBERS,
        /** The words of a column. */
        WORDS,
        /** How often a column has no value. */
        MISSING,
        /** The labels that the model answered. */
        LABELS,
        /** The confidences or values that the model answered. */
        ANSWERS
    }

    /** What is said of it. */
    public enum Verdict {
        DRIFTED,
        STEADY,
        TOO_FEW_ROWS
    }

    public ColumnDrift {
        unseen = unseen == null ? null : List.copyOf(unseen);
    }
}
