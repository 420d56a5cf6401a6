package dev.laurel.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * How far probabilities can be taken at their word: rows whose probabilities are alike, and how many of them came true. Of two labels it is
 * the probability of the first, of more that of the predicted label. Ten bins of equal width after Naeini, Cooper and Hauskrecht, "Obtaining
 * well calibrated probabilities using Bayesian binning" (2015), and Guo et al., "On calibration of modern neural networks" (2017).
 *
 * @param bins by rising probability; those without rows too
 */
public record Reliability(List<Bin> bins) {
    private static final int BINS = 10;

    /**
     * Rows whose probability is at least {@code from} and below {@code to}; the last bin has those of 1 as well.
     *
     * @param sum of their probabilities
     * @param right those that came true
     */
    public record Bin(double from, double to, int rows, double sum, int right) {
        /** NaN where there are no rows. */
        public double probability() {
            return sum / rows;
        }

        /** The share that came true; NaN where there are no rows. */
        public double share() {
            return (double) right / rows;
        }
    }

    /**
     * @param truth the place of the true label of each row
     * @param scores the probabilities of all labels for each row
     */
    public static Reliability of(double[] truth, double[][] scores) {
        int[] rows = new int[BINS];
        double[] sums = new double[BINS];
        int[] right = new int[BINS];
        for (int row = 0; row < truth.length; row++) {
            int label = scores[row].length == 2 ? 0 : ClassificationMetrics.predicted(scores[row]);
            int bin = Math.min(BINS - 1, (int) (scores[row][label] * BINS));
            rows[bin]++;
            sums[bin] += scores[row][label];
            right[bin] += truth[row] == label ? 1 : 0;
        }
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            bins.add(new Bin((double) bin / BINS, (bin + 1.0) / BINS, rows[bin], sums[bin], right[bin]));
        }
        return new Reliability(List.copyOf(bins));
    }

    /** The expected calibration error: the mean distance of probability and share, weighed by the rows. */
    double error() {
        int rows = bins.stream().mapToInt(Bin::rows).sum();
        double error = 0;
        for (Bin bin : bins) {
            error += Math.abs(bin.sum() - bin.right()) / rows;
        }
        return error;
    }
}
