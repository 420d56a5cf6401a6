package dev.laurel.model;

import java.util.List;

/** The distribution of each feature and of the label over the training rows: what drift is measured against. */
public record Profile(int rows, List<Distribution> features, double positiveShare) {

    /**
     * The distribution of one feature.
     *
     * @param deciles the 0th, 10th, ..., 100th percentile: 11 values in rising order
     */
    public record Distribution(String feature, double mean, double standardDeviation, List<Double> deciles) {
        public Distribution {
            deciles = List.copyOf(deciles);
            Expect.that(deciles.size() == 11, "deciles", deciles.size(), "11 values");
        }
    }

    public Profile {
        features = List.copyOf(features);
        Expect.range("rows", rows, 1, Integer.MAX_VALUE);
        Expect.range("positive_share", positiveShare, 0.0, 1.0);
    }
}
