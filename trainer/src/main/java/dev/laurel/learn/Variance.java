package dev.laurel.learn;

import java.util.List;

/**
 * The squared errors of values around the mean of their side. They are least where the square of the sum over the count
 * of each side is greatest. What is summed are differences from the mean of the node, so that large values that differ
 * little lose no digits; those of one side then sum to the negative of the other's.
 */
final class Variance implements Criterion {
    private final double[] value;
    private final double trainingMean;

    /** From the mean of all training rows to that of the node. */
    private double shift;

    private double lowest;
    private double highest;
    private double left;

    Variance(double[] value, double trainingMean) {
        this.value = value;
        this.trainingMean = trainingMean;
    }

    @Override
    public void enter(long[] rows, int from, int to, int[] drawn) {
        double sum = 0;
        int count = 0;
        lowest = Double.POSITIVE_INFINITY;
        highest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            int row = TrainingRows.row(rows[i]);
            sum += drawn[row] * (value[row] - trainingMean);
            count += drawn[row];
            lowest = Math.min(lowest, value[row]);
            highest = Math.max(highest, value[row]);
        }
        shift = sum / count;
    }

    @Override
    public boolean isPure() {
        return lowest == highest;
    }

    /** The mean, which rounding does not take beyond the values. */
    @Override
    public List<Double> leaf() {
        return List.of(Math.max(lowest, Math.min(highest, trainingMean + shift)));
    }

    @Override
    public void allRight() {
        left = 0;
    }

    @Override
    public void moveLeft(int row, int times) {
        left += times * ((value[row] - trainingMean) - shift);
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
        Variance copy = new Variance(value, trainingMean);
        copy.shift = shift;
        copy.lowest = lowest;
        copy.highest = highest;
        return copy;
    }

    @Override
    public double score(double less, double more) {
        return left * left * (1 / less + 1 / more);
    }
}
