package dev.laurel.learn;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Vectors, prepared once for all trees that grow on them. Of each feature its different values in rising order, and the rows in the order of
 * their values, each with the place of its value among them: what a tree compares are places, and it never sorts.
 *
 * @param values by feature
 * @param order by feature: {@link #place} and {@link #row} in one number, so that going through them is all in one piece of memory
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TrainingRows(int rows, double[][] values, long[][] order) {

    static TrainingRows of(double[][] vectors) {
        int features = vectors[0].length;
        double[][] values = new double[features][];
        long[][] order = new long[features][];
        IntStream.range(0, features).parallel().forEach(feature -> {
            double[] column = new double[vectors.length];
            for (int row = 0; row < column.length; row++) {
                // So that -0.0 is the same value as 0.0.
                column[row] = vectors[row][feature] + 0.0;
            }
            values[feature] = different(column.clone());
            order[feature] = order(column, values[feature]);
        });
        return new TrainingRows(vectors.length, values, order);
    }

    private static double[] different(double[] values) {
        Arrays.sort(values);
        int different = 1;
        for (int i = 1; i < values.length; i++) {
            if (values[i] != values[different - 1]) {
                values[different++] = values[i];
            }
        }
        return Arrays.copyOf(values, different);
    }

    private static long[] order(double[] column, double[] values) {
        int[] places = new int[column.length];
        int[] next = new int[values.length + 1];
        for (int row = 0; row < column.length; row++) {
            places[row] = Arrays.binarySearch(values, column[row]);
            next[places[row] + 1]++;
        }
        for (int place = 1; place < next.length; place++) {
            next[place] += next[place - 1];
        }
        long[] order = new long[column.length];
        for (int row = 0; row < column.length; row++) {
            order[next[places[row]]++] = (long) places[row] << Integer.SIZE | row;
        }
        return order;
    }

    static int row(long ordered) {
        return (int) ordered;
    }

    /** The place of the row's value among those of the feature. */
    static int place(long ordered) {
        return (int) (ordered >>> Integer.SIZE);
    }

    int features() {
        return values.length;
    }
}
