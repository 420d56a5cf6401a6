package dev.laurel.learn;

import java.util.Optional;

/**
 * The weights with the least {@code |y - Xw|^2 / (2n) + penalty (share |w|_1 + (1 - share) / 2 |w|^2)}, one weight
 * after the other in turn: Friedman, Hastie and Tibshirani, "Regularization paths for generalized linear models via
 * coordinate descent" (2010). Ends when the duality gap, which the objective is not farther from its least value than,
 * is small: Kim, Koh, Lustig, Boyd and Gorinevsky, "An interior-point method for large-scale l1-regularized least
 * squares" (2007).
 *
 * @param share of the penalty on sizes, 0..1
 */
record CoordinateDescent(double penalty, double share) implements LinearLearner.Method {
    /** The gap that is small enough, beside {@code |y|^2 / (2n)}. */
    private static final double TOLERANCE = 1e-10;

    private static final int MOST_ROUNDS = 10_000;
    private static final int ROUNDS_BETWEEN_CHECKS = 5;

    @Override
    public double[] weights(double[][] columns, double[] truth) {
        return weights(columns, truth, Watch.NONE).orElseThrow();
    }

    @Override
    public Optional<double[]> weights(double[][] columns, double[] truth, Watch watch) {
        // The whole objective times n.
        double onSizes = penalty * share * truth.length;
        double onSquares = penalty * (1 - share) * truth.length;
        if (onSizes == 0) {
            // Without a corner there is a solution at once, and the gap would say nothing.
            return Optional.of(new LeastSquares(onSquares).weights(columns, truth));
        }
        double[] squares = new double[columns.length];
        for (int feature = 0; feature < columns.length; feature++) {
            squares[feature] = Centred.dot(columns[feature], columns[feature]);
        }
        double[] weights = new double[columns.length];
        double[] residuals = truth.clone();
        double enough = TOLERANCE * Centred.dot(truth, truth);
        for (int round = 1; round <= MOST_ROUNDS; round++) {
            boolean moved = false;
            for (int feature = 0; feature < columns.length; feature++) {
                if (squares[feature] > 0) {
                    double[] column = columns[feature];
                    double before = weights[feature];
                    double pull = Centred.dot(column, residuals) + squares[feature] * before;
                    double size = Math.max(Math.abs(pull) - onSizes, 0) / (squares[feature] + onSquares);
                    double after = pull < 0 ? 0 - size : size;
                    if (after != before) {
                        weights[feature] = after;
                        add(before - after, column, residuals);
                        moved = true;
                    }
                }
            }
            boolean checks = round % ROUNDS_BETWEEN_CHECKS == 0;
            if (!moved || (checks && gap(columns, truth, residuals, weights, onSizes, onSquares) <= enough)) {
                break;
            }
            if (!watch.goesOn(round, weights)) {
                return Optional.empty();
            }
        }
        return Optional.of(weights);
    }

    /**
     * The objective less that of the dual at the residuals, scaled until they are feasible. The penalty on squares is a
     * row for each weight.
     */
    private static double gap(
            double[][] columns,
            double[] truth,
            double[] residuals,
            double[] weights,
            double onSizes,
            double onSquares) {
        double steepest = 0;
        double sizes = 0;
        for (int feature = 0; feature < columns.length; feature++) {
            double slope = Centred.dot(columns[feature], residuals) - onSquares * weights[feature];
            steepest = Math.max(steepest, Math.abs(slope));
            sizes += Math.abs(weights[feature]);
        }
        double scale = steepest > onSizes ? onSizes / steepest : 1;
        double errors = Centred.dot(residuals, residuals) + onSquares * Centred.dot(weights, weights);
        return (1 + scale * scale) / 2 * errors + onSizes * sizes - scale * Centred.dot(residuals, truth);
    }

    private static void add(double times, double[] column, double[] sum) {
        for (int row = 0; row < sum.length; row++) {
            sum[row] += times * column[row];
        }
    }
}
