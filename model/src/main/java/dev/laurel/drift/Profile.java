package dev.laurel.drift;

import dev.laurel.model.Expect;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of each feature and of the true answers over the training rows: what drift is measured against.
 *
 * @param labels the share of each label, 0..1; absent for a regression
 * @param value the distribution of the true values; absent for a classification
 */
public record Profile(
        int rows,
        List<Distribution> features,
        @Nullable SortedMap<String, Double> labels,
        @Nullable Distribution value) {

    /**
     * The distribution of one feature, or of the values.
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
        if (labels != null) {
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
            labels.values().forEach(share -> Expect.range("labels", share, 0.0, 1.0));
        }
        Expect.that(
                (labels == null) != (value == null),
                "labels",
                String.valueOf(labels),
                "either the labels or the value");
    }
}
