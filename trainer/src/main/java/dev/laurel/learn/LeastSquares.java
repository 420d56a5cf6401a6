package dev.laurel.learn;

import java.util.Arrays;

/**
 * The weights with the least {@code |y - Xw|^2 + penalty |w|^2}, by the QR decomposition of Householder (1958), which
 * unlike the normal equations does not square the condition of the columns. The penalty is a row more for each column:
 * Golub and Van Loan, "Matrix Computations", section 6.1.4. A column that is a linear combination of those before it
 * says nothing new and gets weight 0, as in R's {@code lm}.
 *
 * @param penalty 0 for ordinary least squares
 */
record LeastSquares(double penalty) implements LinearLearner.Method {
    /**
     * A column is dependent when no more than this share of its length is left without those before it; the tolerance
     * of R's {@code lm}.
     */
    private static final double DEPENDENT = 1e-7;

    @Override
    public double[] weights(double[][] columns, double[] truth) {
        int extra = penalty > 0 ? columns.length : 0;
        int rows = truth.length + extra;
        double[] target = Arrays.copyOf(truth, rows);
        double[] diagonal = new double[columns.length];
        double[] lengths = new double[columns.length];
        // Of each kept column: above its place the entries of R, from there on the vector that it was reflected by.
        double[][] reflected = new double[columns.length][];
        int[] kept = new int[columns.length];
        int rank = 0;
        for (int feature = 0; feature < columns.length && rank < rows; feature++) {
            double[] column = Arrays.copyOf(columns[feature], rows);
            if (extra > 0) {
                column[truth.length + feature] = Math.sqrt(penalty);
            }
            double length = length(column, 0);
            if (length == 0) {
                continue;
            }
            for (int i = 0; i < rows; i++) {
                column[i] /= length;
            }
            for (int place = 0; place < rank; place++) {
                reflect(reflected[place], place, column);
            }
            double left = length(column, rank);
            if (left <= DEPENDENT) {
                continue;
            }
            diagonal[rank] = column[rank] > 0 ? -left : left;
            column[rank] -= diagonal[rank];
            reflect(column, rank, target);
            lengths[rank] = length;
            reflected[rank] = column;
            kept[rank++] = feature;
        }
        double[] solution = new double[rank];
        for (int place = rank - 1; place >= 0; place--) {
            double sum = target[place];
            for (int later = place + 1; later < rank; later++) {
                sum -= reflected[later][place] * solution[later];
            }
            solution[place] = sum / diagonal[place];
        }
        double[] weights = new double[columns.length];
        for (int place = 0; place < rank; place++) {
            weights[kept[place]] = solution[place] / lengths[place];
        }
        return weights;
    }

    /** {@code x - 2 v (v x) / (v v)}, with the {@code v} that stands in {@code vector} from a place on. */
    private static void reflect(double[] vector, int from, double[] x) {
        double dot = 0;
        double square = 0;
        for (int i = from; i < x.length; i++) {
            dot += vector[i] * x[i];
            square += vector[i] * vector[i];
        }
        double factor = 2 * dot / square;
        for (int i = from; i < x.length; i++) {
            x[i] -= factor * vector[i];
        }
    }

    private static double length(double[] vector, int from) {
        double square = 0;
        for (int i = from; i < vector.length; i++) {
            square += vector[i] * vector[i];
        }
        return Math.sqrt(square);
    }
}
