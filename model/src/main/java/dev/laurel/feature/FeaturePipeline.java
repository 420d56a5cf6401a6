package dev.laurel.feature;

import dev.laurel.model.Definition;
import dev.laurel.model.Expect;
import dev.laurel.model.Feature;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * Computes the features of a definition from rows. Training and serving both use it, so that a model sees in production what it saw in
 * training. Each value is computed from its own window alone, so it does not depend on where the table begins or ends.
 */
public final class FeaturePipeline {
    /**
     * Two sums of the same prices in another order differ in their last digit. Rounded to these they are one value, as they should be,
     * and rows that are alike stand on one side of every split.
     */
    private static final MathContext DIGITS = new MathContext(12);

    private final List<Feature> features;
    private final int warmUp;

    public FeaturePipeline(Definition definition) {
        this.features = definition.features();
        this.warmUp = definition.warmUp();
    }

    /** Rows before the first row that {@link #vector} can compute. */
    public int warmUp() {
        return warmUp;
    }

    /**
     * The features of one row, in the order of the definition, rounded to 12 significant digits. Reads that row and {@link #warmUp()} rows before it, nothing else.
     *
     * @throws dev.laurel.model.InvalidValueException when rows before it or a column is missing, or a value is not finite
     */
    public double[] vector(Table table, int row) {
        Expect.range("row", row, warmUp, table.rows() - 1);
        double[] vector = new double[features.size()];
        for (int i = 0; i < vector.length; i++) {
            Feature feature = features.get(i);
            double value = compute(feature, table.column(feature.column()), row);
            Expect.that(
                    Double.isFinite(value),
                    feature.name() + " at " + table.key(row),
                    value,
                    "a finite number; is " + feature.column() + " zero there?");
            vector[i] = new BigDecimal(value, DIGITS).doubleValue();
        }
        return vector;
    }

    private static double compute(Feature feature, double[] x, int t) {
        int w = feature.window();
        return switch (feature.kind()) {
            case RETURN -> x[t] / x[t - w] - 1;
            case MOVING_AVERAGE -> {
                double sum = 0;
                for (int i = t - w + 1; i <= t; i++) {
                    sum += x[i];
                }
                yield sum / w;
            }
            case VOLATILITY -> volatility(x, t, w);
        };
    }

    private static double volatility(double[] x, int t, int w) {
        double mean = 0;
        for (int i = t - w + 1; i <= t; i++) {
            mean += (x[i] / x[i - 1] - 1) / w;
        }
        double squares = 0;
        for (int i = t - w + 1; i <= t; i++) {
            double deviation = x[i] / x[i - 1] - 1 - mean;
            squares += deviation * deviation;
        }
        return Math.sqrt(squares / (w - 1));
    }
}
