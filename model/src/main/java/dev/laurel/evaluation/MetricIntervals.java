package dev.laurel.evaluation;

import dev.laurel.model.Metric;
import dev.laurel.model.Metrics;
import dev.laurel.model.Metrics.Confusion;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How far the metrics of a model can be trusted, given how few rows they were measured on. Accuracy, precision and recall are shares of
 * rows and have a {@link WilsonScore} interval; the others have a bootstrap interval, for which the predictions are needed, and none
 * from more than 10,000 rows. A metric that has no interval is not in the map.
 */
public final class MetricIntervals {
    private static final Set<Metric> SHARES = EnumSet.of(Metric.ACCURACY, Metric.PRECISION, Metric.RECALL);

    private MetricIntervals() {}

    /** What can be said without the predictions. */
    public static Map<Metric, Interval> of(Metrics metrics) {
        Map<Metric, Interval> intervals = new EnumMap<>(Metric.class);
        Confusion counts = metrics.confusion();
        int right = counts.truePositives() + counts.trueNegatives();
        share(intervals, Metric.ACCURACY, right, metrics.rows());
        share(intervals, Metric.PRECISION, counts.truePositives(), counts.truePositives() + counts.falsePositives());
        share(intervals, Metric.RECALL, counts.truePositives(), counts.truePositives() + counts.falseNegatives());
        return intervals;
    }

    private static void share(Map<Metric, Interval> intervals, Metric metric, int part, int whole) {
        WilsonScore.interval(part, whole).ifPresent(interval -> intervals.put(metric, interval));
    }

    /** The parameters are those of {@link Evaluation#of}. */
    public static Map<Metric, Interval> of(boolean[] positive, double[] probability) {
        Metrics metrics = Evaluation.of(positive, probability);
        Map<Metric, Interval> intervals = of(metrics);
        Set<Metric> others = EnumSet.complementOf(EnumSet.copyOf(SHARES));
        others.removeIf(metric -> Double.isNaN(metrics.get(metric)));
        intervals.putAll(Bootstrap.intervals(
                positive.length, others, rows -> Evaluation.of(at(rows, positive), at(rows, probability))::get));
        return intervals;
    }

    /**
     * Of the gain of {@code challenger} over {@code champion}, both on the very same rows: a bootstrap that draws a row for both at
     * once, so that what is hard or easy for both cancels out. It holds 0 where the two cannot be told apart.
     */
    public static Map<Metric, Interval> ofGain(boolean[] positive, double[] challenger, double[] champion) {
        Metrics one = Evaluation.of(positive, challenger);
        Metrics other = Evaluation.of(positive, champion);
        Set<Metric> metrics = EnumSet.allOf(Metric.class);
        metrics.removeIf(metric -> Double.isNaN(metric.gain(one.get(metric), other.get(metric))));
        return Bootstrap.intervals(positive.length, metrics, rows -> {
            boolean[] labels = at(rows, positive);
            Metrics first = Evaluation.of(labels, at(rows, challenger));
            Metrics second = Evaluation.of(labels, at(rows, champion));
            return metric -> metric.gain(first.get(metric), second.get(metric));
        });
    }

    private static double[] at(int[] rows, double[] values) {
        return IntStream.of(rows).mapToDouble(row -> values[row]).toArray();
    }

    private static boolean[] at(int[] rows, boolean[] values) {
        boolean[] chosen = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = values[rows[i]];
        }
        return chosen;
    }
}
