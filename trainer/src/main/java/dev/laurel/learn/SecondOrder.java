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

    private final double[] first;
    private final double[] second;
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
        this.first = first;
        this.second = second;
        this.learningRate = learningRate;
        this.lambda = lambda;
        this.leastWeight = leastWeight;
    }

    @Override
    public void enter(int[] rows, int from, int to, int[] drawn) {
        sumOfFirst = 0;
        sumOfSecond = 0;
        for (int i = from; i < to; i++) {
            sumOfFirst += drawn[rows[i]] * first[rows[i]];
            sumOfSecond += drawn[rows[i]] * second[rows[i]];
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
        leftFirst += times * first[row];
        leftSecond += times * second[row];
    }

    @Override
    public double least() {
        return gain(sumOfFirst, sumOfSecond) * (1 + ROUNDING);
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
