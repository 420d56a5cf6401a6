package dev.laurel.learn;

import java.util.List;

/**
 * A loss near the sums of the trees so far, by its first and second derivatives there: Chen and Guestrin, "XGBoost: a scalable tree
 * boosting system" (2016), equations 5 to 7. A leaf adds {@code -G / (H + lambda)} times the learning rate, where {@code G} and {@code H}
 * are the sums of the derivatives of its rows; {@code G^2 / (H + lambda)} is twice what that takes from the loss.
 */
final class SecondOrder implements Criterion {
    /** A split has to be better than none by more than rounding is. */
    private static final double ROUNDING = 1e-9;

    /** The first and the second of each row beside each other, as they are needed together. */
    private final double[] derivatives;

    private final double learningRate;
    private final double lambda;
    private final double leastWeight;

    private double sumOfFirst;
    private double sumOfSecond;
    private double leftFirst;
    private double leftSecond;

    /**
     * @param first derivative of the loss of each row
     * @param second derivative of the loss of each row, above 0
     * @param leastWeight of the second derivatives on each side of a split
     */
    SecondOrder(double[] first, double[] second, double learningRate, double lambda, double leastWeight) {
        this.derivatives = new double[2 * first.length];
        for (int row = 0; row < first.length; row++) {
            derivatives[2 * row] = first[row];
            derivatives[2 * row + 1] = second[row];
        }
        this.learningRate = learningRate;
        this.lambda = lambda;
        this.leastWeight = leastWeight;
    }

    private SecondOrder(SecondOrder other) {
        this.derivatives = other.derivatives;
        this.learningRate = other.learningRate;
        this.lambda = other.lambda;
        this.leastWeight = other.leastWeight;
        this.sumOfFirst = other.sumOfFirst;
        this.sumOfSecond = other.sumOfSecond;
    }

    @Override
    public void enter(long[] rows, int from, int to, int[] drawn) {
        sumOfFirst = 0;
        sumOfSecond = 0;
        for (int i = from; i < to; i++) {
            int row = TrainingRows.row(rows[i]);
            sumOfFirst += drawn[row] * derivatives[2 * row];
            sumOfSecond += drawn[row] * derivatives[2 * row + 1];
        }
    }

    /** Rows with the same answer may still differ in what the trees say of them. */
    @Override
    public boolean isPure() {
        return false;
    }

    @Override
    public List<Double> leaf() {
        return List.of(-learningRate * sumOfFirst / (sumOfSecond + lambda));
    }

    @Override
    public void allRight() {
        leftFirst = 0;
        leftSecond = 0;
    }

    @Override
    public void moveLeft(int row, int times) {
        leftFirst += times * derivatives[2 * row];
        leftSecond += times * derivatives[2 * row + 1];
    }

    @Override
    public double least() {
        return gain(sumOfFirst, sumOfSecond) * (1 + ROUNDING);
    }

    @Override
    public SplitSearch.Best best(SplitSearch search) {
        allRight();
        long[] inOrder = search.inOrder();
        int[] drawn = search.drawn();
        int less = 0;
        int best = -1;
        double bestScore = least();
        for (int i = search.from(); i < search.to() - 1; i++) {
            int row = TrainingRows.row(inOrder[i]);
            moveLeft(row, drawn[row]);
            less += drawn[row];
            if (search.endsValue(i) && search.leavesEnough(less)) {
                double score = score(less, search.count() - less);
                if (score > bestScore) {
                    best = i;
                    bestScore = score;
                }
            }
        }
        return new SplitSearch.Best(best, bestScore);
    }

    @Override
    public Criterion copy() {
        return new SecondOrder(this);
    }

    @Override
    public double score(double less, double more) {
        double rightSecond = sumOfSecond - leftSecond;
        if (leftSecond < leastWeight || rightSecond < leastWeight || leftSecond <= 0 || rightSecond <= 0) {
            return Double.NEGATIVE_INFINITY;
        }
        return gain(leftFirst, leftSecond) + gain(sumOfFirst - leftFirst, rightSecond);
    }

    private double gain(double first, double second) {
        return first * first / (second + lambda);
    }
}
