package dev.laurel.drift;

import dev.laurel.model.Expect;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of each feature and of the true answers over the training rows, of the words and of what is missing in the columns, and
 * of the model's answers for rows that it did not learn from: what drift is measured against.
 *
 * @param labels the share of each label, 0..1; absent for a regression
 * @param value the distribution of the true values; absent for a classification
 * @param distinct training rows whose features differ from each other; absent in a profile that drift cannot be measured against, as are
 *     the columns and the answers
 */
public record Profile(
        int rows,
        List<Distribution> features,
        @Nullable SortedMap<String, Double> labels,
        @Nullable Distribution value,
        @Nullable Integer distinct,
        @Nullable List<ColumnProfile> columns,
        @Nullable AnswerProfile answers) {

    /**
     * The distribution of one feature, or of the values.
     *
     * @param deciles the 0th, 10th, ..., 100th percentile: 11 values in rising order
     * @param cells absent where drift is not measured: features of words are measured by their words, and those of the key not at all,
     *     since later rows always have other keys
     */
    public record Distribution(
            String feature,
            double mean,
            double standardDeviation,
            List<Double> deciles,
            @Nullable Cells cells) {
        public Distribution {
            deciles = List.copyOf(deciles);
            Expect.that(deciles.size() == 11, "deciles", deciles.size(), "11 values");
        }

        public Distribution(String feature, double mean, double standardDeviation, List<Double> deciles) {
            this(feature, mean, standardDeviation, deciles, null);
        }
    }

    /**
     * A column of the source.
     *
     * @param missing training rows that have no value there
     * @param words the rows of each word; absent in a column of numbers. Where there are many words only the most frequent ones of half of the
     *     rows, counted in the other half
     * @param others rows of all other words, in that other half; absent where there are few words
     */
    public record ColumnProfile(
            String column,
            int missing,
            @Nullable SortedMap<String, Integer> words,
            @Nullable Integer others) {
        public ColumnProfile {
            words = words == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(words));
        }
    }

    /**
     * What the model answered for its validation rows. For the rows that it learned from it is surer than for any that follow.
     *
     * @param labels the rows of each answered label; absent for a regression
     * @param scores the distribution of the confidence, or of the values
     */
    public record AnswerProfile(int rows, @Nullable SortedMap<String, Integer> labels, Distribution scores) {
        public AnswerProfile {
            labels = labels == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(labels));
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
        columns = columns == null ? null : List.copyOf(columns);
    }

    /** One that drift cannot be measured against. */
    public Profile(
            int rows,
            List<Distribution> features,
            @Nullable SortedMap<String, Double> labels,
            @Nullable Distribution value) {
        this(rows, features, labels, value, null, null, null);
    }

    /** Whether nearly all rows differ, so that a row that comes again says nothing new. */
    boolean isOfDifferentRows() {
        return distinct != null && distinct >= 0.99 * rows;
    }
}
