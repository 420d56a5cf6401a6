package dev.laurel.learn;

import dev.laurel.definition.Trainer;
import dev.laurel.model.Expect;
import dev.laurel.predictor.Kernel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The kernel values of each two training rows, a row of them at a time, of which the last used are kept. In float, as LibSVM keeps them:
 * twice as many, and a machine is not fitted any more exactly than that. Safe for many threads, which share what is kept.
 */
final class KernelRows {
    private static final long MOST_BYTES = 128L << 20;
    /** Beyond it differences of kernel values have no digits left. */
    private static final double LARGEST = 1e30;

    private final double[] vectors;
    private final int features;
    private final Kernel kernel;
    private final float[] diagonal;
    private final Map<Integer, float[]> kept;

    /** @throws dev.laurel.model.InvalidValueException when the features are too large for the kernel */
    KernelRows(double[][] vectors, Kernel kernel) {
        this.features = vectors[0].length;
        this.vectors = new double[Math.multiplyExact(vectors.length, features)];
        this.kernel = kernel;
        this.diagonal = new float[vectors.length];
        for (int row = 0; row < vectors.length; row++) {
            System.arraycopy(vectors[row], 0, this.vectors, row * features, features);
            double value = value(row, row);
            Expect.that(
                    value <= LARGEST,
                    "sum of the squared features of training row " + row,
                    value,
                    "at most %s; standardise them".formatted(LARGEST));
            diagonal[row] = (float) value;
        }
        long most = Math.max(2, MOST_BYTES / Float.BYTES / vectors.length);
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, float[]> eldest) {
                return size() > most;
            }
        };
    }

    /** @param gamma of the radial basis function; 0 for scikit-learn's {@code scale} */
    static KernelRows of(double[][] vectors, Trainer.Kernel kernel, double gamma) {
        return new KernelRows(
                vectors,
                kernel == Trainer.Kernel.LINEAR ? Kernel.LINEAR : new Kernel(gamma > 0 ? gamma : scale(vectors)));
    }

    /** {@code 1 / (features * variance of all numbers)}, or 1 over the features where they do not vary. */
    private static double scale(double[][] vectors) {
        double count = (double) vectors.length * vectors[0].length;
        double mean = 0;
        for (double[] vector : vectors) {
            for (double value : vector) {
                mean += value / count;
            }
        }
        double variance = 0;
        for (double[] vector : vectors) {
            for (double value : vector) {
                variance += (value - mean) * (value - mean) / count;
            }
        }
        return Math.min(1e300, 1 / (vectors[0].length * (variance > 0 ? variance : 1)));
    }

    Kernel kernel() {
        return kernel;
    }

    int rows() {
        return diagonal.length;
    }

    int features() {
        return features;
    }

    float diagonal(int row) {
        return diagonal[row];
    }

    /** The numbers of one training row, into another array. */
    void copy(int row, double[] to, int at) {
        System.arraycopy(vectors, row * features, to, at, features);
    }

    /** Its kernel values with all rows. */
    synchronized float[] row(int row) {
        float[] values = kept.get(row);
        if (values == null) {
            values = new float[rows()];
            for (int other = 0; other < values.length; other++) {
                values[other] = (float) value(row, other);
            }
            kept.put(row, values);
        }
        return values;
    }

    private double value(int row, int other) {
        return kernel.of(vectors, row * features, vectors, other * features, features);
    }
}
