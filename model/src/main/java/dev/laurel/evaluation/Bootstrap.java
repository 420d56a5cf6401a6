package dev.laurel.evaluation;

import dev.laurel.model.Metric;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Percentile intervals of metrics that are no shares: what they come to on samples of the rows, drawn with replacement. Efron and
 * Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13. The same rows always give the same interval.
 */
final class Bootstrap {
    /** So that both percentiles fall on a sample: Davison and Hinkley, "Bootstrap Methods and their Application" (1997), section 5.2. */
    static final int SAMPLES = 1_999;
    /** For more rows it would take minutes, to draw an interval that is narrow anyway. */
    static final int MOST_ROWS = 10_000;

    private static final long SEED = 1;

    private Bootstrap() {}

    /**
     * @param sampled what the metrics come to on some of the rows, given by their positions
     * @return without those that have no interval, such as an AUC of rows with one label only
     */
    static Map<Metric, Interval> intervals(int rows, Collection<Metric> metrics, Sampled sampled) {
        Map<Metric, Interval> intervals = new EnumMap<>(Metric.class);
        if (rows > MOST_ROWS) {
            return intervals;
        }
        Map<Metric, double[]> values = new EnumMap<>(Metric.class);
        metrics.forEach(metric -> values.put(metric, new double[SAMPLES]));
        Random random = new Random(SEED);
        int[] drawn = new int[rows];
        for (int sample = 0; sample < SAMPLES; sample++) {
            for (int i = 0; i < rows; i++) {
                drawn[i] = random.nextInt(rows);
            }
            ToDoubleFunction<Metric> value = sampled.on(drawn);
            for (Map.Entry<Metric, double[]> each : values.entrySet()) {
                each.getValue()[sample] = value.applyAsDouble(each.getKey());
            }
        }
        values.forEach((metric, all) -> percentiles(all).ifPresent(interval -> intervals.put(metric, interval)));
        return intervals;
    }

    /** All rows, or so many of them as there may be, each set as likely as another: Knuth, "The Art of Computer Programming" 3.4.2, algorithm S. */
    static int[] some(int rows) {
        if (rows <= MOST_ROWS) {
            return IntStream.range(0, rows).toArray();
        }
        Random random = new Random(SEED);
        int[] some = new int[MOST_ROWS];
        int found = 0;
        for (int row = 0; found < MOST_ROWS; row++) {
            if (random.nextDouble() * (rows - row) < MOST_ROWS - found) {
                some[found++] = row;
            }
        }
        return some;
    }

    /** NaN, the AUC of a sample with one label only, says nothing and is left out. */
    private static Optional<Interval> percentiles(double[] values) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        int low = (int) Math.floor((sorted.length + 1) * Interval.TAIL) - 1;
        return low < 0 ? Optional.empty() : Optional.of(new Interval(sorted[low], sorted[sorted.length - 1 - low]));
    }

    /** What metrics come to on a sample. */
    @FunctionalInterface
    interface Sampled {
        ToDoubleFunction<Metric> on(int[] rows);
    }
}
