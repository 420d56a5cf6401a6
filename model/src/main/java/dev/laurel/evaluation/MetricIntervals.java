package dev.laurel.evaluation;

import dev.laurel.evaluation.Metrics.Confusion;
import dev.laurel.model.Metric;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How far the metrics of a model can be trusted, given how few rows they were measured on. Accuracy, and with two labels precision and
 * recall, are shares of rows and have a {@link WilsonScore} interval; the others have a bootstrap interval, for which the predictions are
 * needed, and none from more than 10,000 rows. A metric that has no interval is not in the map.
 */
public final class MetricIntervals {
    /** Fewer than usual, since each feature of a model has such an interval. */
    private static final int LOSS_SAMPLES = 199;

    private MetricIntervals() {}

    /** What can be said without the predictions. */
    public static Map<Metric, Interval> of(Metrics metrics) {
        Map<Metric, Interval> intervals = new EnumMap<>(Metric.class);
        Confusion counts = metrics.confusion();
        if (counts == null) {
            return intervals;
        }
        int right = 0;
        for (int label = 0; label < counts.labels().size(); label++) {
            right += counts.count(label, label);
        }
        share(intervals, Metric.ACCURACY, right, metrics.rows());
        if (counts.labels().size() == 2) {
            int hits = counts.count(0, 0);
            share(intervals, Metric.PRECISION, hits, hits + counts.count(1, 0));
            share(intervals, Metric.RECALL, hits, hits + counts.count(0, 1));
        }
        return intervals;
    }

    /** The same, and of a mean absolute error by its standard error, as live errors have theirs. */
    public static Map<Metric, Interval> besideLive(Metrics metrics) {
        Map<Metric, Interval> intervals = of(metrics);
        double rmse = metrics.get(Metric.RMSE);
        MeanInterval.of(metrics.get(Metric.MAE), rmse * rmse, metrics.rows())
                .ifPresent(interval -> intervals.put(Metric.MAE, interval));
        return intervals;
    }

    private static void share(Map<Metric, Interval> intervals, Metric metric, int part, int whole) {
        WilsonScore.interval(part, whole).ifPresent(interval -> intervals.put(metric, interval));
    }

    public static Map<Metric, Interval> of(Evaluated answers) {
        Metrics metrics = answers.metrics();
        Map<Metric, Interval> intervals = of(metrics);
        Set<Metric> others = defined(metrics);
        others.removeAll(intervals.keySet());
        intervals.putAll(Bootstrap.intervals(answers.rows(), others, rows -> answers.metrics(rows)::get));
        return intervals;
    }

    /**
     * Of the gain of {@code challenger} over {@code champion}, both on the very same rows: a bootstrap that draws a row for both at
     * once, so that what is hard or easy for both cancels out. It holds 0 where the two cannot be told apart.
     */
    public static Map<Metric, Interval> ofGain(Evaluated challenger, Evaluated champion) {
        Set<Metric> both = defined(challenger.metrics());
        both.retainAll(defined(champion.metrics()));
        return Bootstrap.intervals(challenger.rows(), both, rows -> {
            Metrics first = challenger.metrics(rows);
            Metrics second = champion.metrics(rows);
            return metric -> metric.gain(first.get(metric), second.get(metric));
        });
    }

    /** The same for one metric; of more than 10,000 rows as many of them are looked at, which makes the interval wider. */
    public static Optional<Interval> ofGain(Metric metric, Evaluated challenger, Evaluated champion) {
        int[] looked = Bootstrap.some(challenger.rows());
        return Optional.ofNullable(Bootstrap.intervals(looked.length, List.of(metric), drawn -> {
                    int[] rows = IntStream.of(drawn).map(place -> looked[place]).toArray();
                    double gain = metric.gain(
                            challenger.metrics(rows).get(metric),
                            champion.metrics(rows).get(metric));
                    return same -> gain;
                })
                .get(metric));
    }

    /**
     * Of what a metric loses by a shuffle, on the very same rows: a bootstrap that draws the rows, and goes through the shuffles.
     *
     * @param shuffled the answers after each shuffle
     */
    public static Optional<Interval> ofLoss(Metric metric, Evaluated whole, List<? extends Evaluated> shuffled) {
        Iterator<? extends Evaluated> next =
                Stream.generate(() -> shuffled).flatMap(List::stream).iterator();
        return Optional.ofNullable(Bootstrap.intervals(whole.rows(), Set.of(metric), LOSS_SAMPLES, rows -> {
                    Metrics with = whole.metrics(rows);
                    Metrics without = next.next().metrics(rows);
                    return each -> each.gain(with.get(each), without.get(each));
                })
                .get(metric));
    }

    private static Set<Metric> defined(Metrics metrics) {
        Set<Metric> defined = EnumSet.noneOf(Metric.class);
        metrics.known().forEach((metric, value) -> {
            if (!Double.isNaN(value)) {
                defined.add(metric);
            }
        });
        return defined;
    }
}
