package dev.laurel.feedback;

import dev.laurel.evaluation.Interval;
import dev.laurel.evaluation.MeanInterval;
import dev.laurel.evaluation.WilsonScore;
import dev.laurel.store.Tally;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sums as metrics with intervals of 95 %: of a share after Wilson; of mean absolute and squared errors that of a mean by its standard error,
 * whose root is that of the RMSE.
 */
final class ScoreValues {
    private ScoreValues() {}

    /**
     * @param low absent where there are too few rows for an interval, as {@code high}
     */
    record Value(
            double value, @Nullable Double low, @Nullable Double high) {}

    /** By the names of the metrics; empty without rows. */
    static Map<String, Value> of(Tally tally, boolean labels) {
        Map<String, Value> values = new LinkedHashMap<>();
        if (tally.rows() == 0) {
            return values;
        }
        double rows = tally.rows();
        if (labels) {
            double share = tally.right() / rows;
            Interval interval = WilsonScore.interval(Math.toIntExact(tally.right()), Math.toIntExact(tally.rows()))
                    .orElse(new Interval(share, share));
            values.put("accuracy", new Value(share, interval.low(), interval.high()));
            return values;
        }
        double absolute = tally.absolute() / rows;
        double square = tally.squares() / rows;
        Value mae = mean(absolute, square, tally.rows());
        Value mse = mean(square, tally.fourths() / rows, tally.rows());
        values.put("mae", mae);
        values.put(
                "rmse",
                new Value(
                        Math.sqrt(square),
                        mse.low() == null ? null : (Double) Math.sqrt(mse.low()),
                        mse.high() == null ? null : (Double) Math.sqrt(mse.high())));
        return values;
    }

    private static Value mean(double mean, double meanOfSquares, long rows) {
        return MeanInterval.of(mean, meanOfSquares, rows)
                .map(interval -> new Value(mean, interval.low(), interval.high()))
                .orElse(new Value(mean, null, null));
    }
}
