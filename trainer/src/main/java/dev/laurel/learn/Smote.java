package dev.laurel.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Synthetic rows: Chawla, Bowyer, Hall and Kegelmeyer, "SMOTE: synthetic minority over-sampling technique" (2002). Each row in turn is moved
 * towards one of its nearest, drawn at random, by a share of the way that is drawn at random too: the same for all features, so that the new
 * row lies on the line between the two, as the paper's text says (its listing draws a share for each feature).
 *
 * @param neighbours by Euclidean distance; all other rows where there are fewer
 */
record Smote(int neighbours) implements Multiplier {
    @Override
    public List<double[]> more(double[][] rows, int count, Random random) {
        int[] turns = Multiplier.inTurn(rows.length, count, random);
        int[][] nearest = new int[rows.length][];
        IntStream.of(turns).limit(rows.length).parallel().forEach(row -> nearest[row] = nearest(rows, row));
        List<double[]> made = new ArrayList<>();
        for (int row : turns) {
            made.add(
                    nearest[row].length == 0
                            ? rows[row]
                            : between(rows[row], rows[nearest[row][random.nextInt(nearest[row].length)]], random));
        }
        return made;
    }

    private static double[] between(double[] row, double[] other, Random random) {
        double share = random.nextDouble();
        double[] made = new double[row.length];
        for (int feature = 0; feature < made.length; feature++) {
            made[feature] = row[feature] + share * (other[feature] - row[feature]);
        }
        return made;
    }

    /** Places of the rows that are nearest to one; the first of rows that are equally near. */
    private int[] nearest(double[][] rows, int from) {
        int[] places = new int[Math.min(neighbours, rows.length - 1)];
        double[] distances = new double[places.length];
        int found = 0;
        for (int row = 0; row < rows.length; row++) {
            double distance = squaredDistance(rows[from], rows[row]);
            if (row != from && (found < places.length || distance < distances[found - 1])) {
                int at = Math.min(found, places.length - 1);
                while (at > 0 && distances[at - 1] > distance) {
                    distances[at] = distances[at - 1];
                    places[at] = places[at - 1];
                    at--;
                }
                distances[at] = distance;
                places[at] = row;
                found = Math.min(found + 1, places.length);
            }
        }
        return places;
    }

    private static double squaredDistance(double[] left, double[] right) {
        double sum = 0;
        for (int feature = 0; feature < left.length; feature++) {
            sum += (left[feature] - right[feature]) * (left[feature] - right[feature]);
        }
        return sum;
    }
}
