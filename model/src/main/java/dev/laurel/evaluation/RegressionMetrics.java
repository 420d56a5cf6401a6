package dev.laurel.evaluation;

import dev.laurel.model.Expect;
import dev.laurel.model.Metric;
import dev.laurel.table.Statistics;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Metrics of estimated values, in the unit of the target but for MAPE and R2, which have none. MAPE is a share (0.1 for 10 %) and divides by
 * a true value of 0 as if it were the smallest step from 1; R2 of true values that are all the same is 1 where each was met, else 0. Bias is
 * the mean of estimate minus truth; the 90th percentile is interpolated (Hyndman and Fan 1996, type 7).
 */
public final class RegressionMetrics {
    private static final double SMALLEST = Math.ulp(1.0);

    private RegressionMetrics() {}

    /**
     * @param truth the true value of each row; at least one row
     * @param scores the estimate for each row, alone in its array
     */
    public static Metrics of(double[] truth, double[][] scores) {
        Expect.that(scores.length == truth.length, "estimates", scores.length, "one for each row: " + truth.length);
        Expect.range("evaluated rows", truth.length, 1, Integer.MAX_VALUE);
        int rows = truth.length;
        double[] errors = IntStream.range(0, rows)
                .mapToDouble(row -> scores[row][0] - truth[row])
                .toArray();
        double[] sizes = DoubleStream.of(errors).map(Math::abs).sorted().toArray();
        double squares = DoubleStream.of(errors).map(error -> error * error).sum();
        double mean = DoubleStream.of(truth).average().orElseThrow();
        double spread = Statistics.vary(truth)
                ? DoubleStream.of(truth)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                : 0;
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        values.put(Metric.RMSE, Math.sqrt(squares / rows));
        values.put(Metric.MAE, DoubleStream.of(sizes).average().orElseThrow());
        values.put(
                Metric.MAPE,
                IntStream.range(0, rows)
                        .mapToDouble(row -> Math.abs(errors[row]) / Math.max(SMALLEST, Math.abs(truth[row])))
                        .average()
                        .orElseThrow());
        values.put(Metric.R2, spread == 0 ? (squares == 0 ? 1.0 : 0.0) : 1 - squares / spread);
        values.put(Metric.MEDIAN_ERROR, Statistics.quantile(sizes, 0.5));
        values.put(Metric.P90_ERROR, Statistics.quantile(sizes, 0.9));
        values.put(Metric.BIAS, DoubleStream.of(errors).average().orElseThrow());
        return Metrics.of(rows, values, null);
    }
}
