package dev.laurel.learn;

import java.util.Arrays;

/**
 * Vectors, prepared once for all trees that grow on them. Of each feature its different values in rising order, for
 * each row the place of its value among them, and the rows in the order of their values: what a tree compares are
 * places, and it never sorts.
 *
 * @param values by feature
 * @param places by feature and row
 * @param order rows, by feature
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TrainingRows(double[][] values, int[][] places, int[][] order) {

    static TrainingRows of(double[][] vectors) {
        int features = vectors[0].length;
        double[][] values = new double[features][];
        int[][] places = new int[features][vectors.length];
        int[][] order = new int[features][vectors.length];
        for (int feature = 0; feature < features; feature++) {
            double[] column = new double[vectors.length];
            for (int row = 0; row < column.length; row++) {
                // So that -0.0 is the same value as 0.0.
                column[row] = vectors[row][feature] + 0.0;
            }
            values[feature] = Arrays.stream(column).sorted().distinct().toArray();
            int[] next = new int[values[feature].length + 1];
            for (int row = 0; row < column.length; row++) {
                int place = Arrays.binarySearch(values[feature], column[row]);
                places[feature][row] = place;
                next[place + 1]++;
            }
            Arrays.parallelPrefix(next, Integer::sum);
            for (int row = 0; row < column.length; row++) {
                order[feature][next[places[feature][row]]++] = row;
            }
        }
        return new TrainingRows(values, places, order);
    }

    int rows() {
        return places[0].length;
    }

    int features() {
        return values.length;
    }
}
