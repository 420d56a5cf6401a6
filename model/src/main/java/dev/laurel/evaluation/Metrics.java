package dev.laurel.evaluation;

import dev.laurel.model.Expect;
import dev.laurel.model.Metric;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How good the answers of one model on some rows are.
 *
 * @param values by the name of the metric; NaN where it is not defined on these rows. Names that are unknown here are of a newer Laurel
 * @param confusion of a classification; absent for a regression
 */
public record Metrics(
        int rows,
        SortedMap<String, Double> values,
        @Nullable Confusion confusion) {

    /**
     * How many rows of each label were given which.
     *
     * @param counts by the true label, then by the predicted one
     */
    public record Confusion(List<String> labels, List<List<Integer>> counts) {
        public Confusion {
            labels = List.copyOf(labels);
            counts = counts.stream().map(List::copyOf).toList();
            int size = labels.size();
            Expect.that(
                    counts.size() == size && counts.stream().allMatch(row -> row.size() == size),
                    "counts",
                    counts,
                    size + " rows of " + size);
        }

        public int count(int truth, int predicted) {
            return counts.get(truth).get(predicted);
        }
    }

    public Metrics {
        Expect.range("rows", rows, 1, Integer.MAX_VALUE);
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    static Metrics of(int rows, Map<Metric, Double> values, @Nullable Confusion confusion) {
        SortedMap<String, Double> named = new TreeMap<>();
        values.forEach((metric, value) -> named.put(metric.toString(), value));
        return new Metrics(rows, named, confusion);
    }

    /** NaN where these metrics have no such number. */
    public double get(Metric metric) {
        return values.getOrDefault(metric.toString(), Double.NaN);
    }

    /** Those that are known here, in their usual order. */
    public Map<Metric, Double> known() {
        Map<Metric, Double> known = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            Double value = values.get(metric.toString());
            if (value != null) {
                known.put(metric, value);
            }
        }
        return known;
    }
}
