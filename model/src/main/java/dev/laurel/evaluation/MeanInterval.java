package dev.laurel.evaluation;

import java.util.Optional;

/** The interval of a mean by its standard error: what can be said of a mean absolute error of which only sums are known. */
public final class MeanInterval {
    /** The 97.5th percentile of the standard normal distribution. */
    private static final double Z = 1.959963984540054;

    private MeanInterval() {}

    /**
     * Of something that is never negative; empty for fewer than two rows, or where a number is not finite.
     *
     * @param meanOfSquares of the same rows
     */
    public static Optional<Interval> of(double mean, double meanOfSquares, long rows) {
        if (rows < 2 || !Double.isFinite(mean) || !Double.isFinite(meanOfSquares)) {
            return Optional.empty();
        }
        double variance = Math.max(0, meanOfSquares - mean * mean) * rows / (rows - 1);
        double reach = Z * Math.sqrt(variance / rows);
        return Optional.of(new Interval(Math.max(0, mean - reach), mean + reach));
    }
}
