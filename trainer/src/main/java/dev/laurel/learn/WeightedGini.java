package dev.laurel.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@link Gini} of rows that do not all count the same: with sums of weights for counts. How many rows a side has is still a matter of rows. */
final class WeightedGini implements Criterion {
    private final int[] label;
    private final double[] weight;
    private final double[] sums;
    private final double[] left;

    WeightedGini(int[] label, int labels, double[] weight) {
        this.label = label;
        this.weight = weight;
        this.sums = new double[labels];
        this.left = new double[labels];
    }

    @Override
    public void enter(long[] rows, int from, int to, int[] drawn) {
        Arrays.fill(sums, 0);
        for (int i = from; i < to; i++) {
            int row = TrainingRows.row(rows[i]);
            sums[label[row]] += drawn[row] * weight[row];
        }
    }

    @Override
    public boolean isPure() {
        return Arrays.stream(sums).filter(sum -> sum > 0).count() <= 1;
    }

    @Override
    public List<Double> leaf() {
        double all = Arrays.stream(sums).sum();
        List<Double> shares = new ArrayList<>();
        for (double sum : sums) {
            shares.add(sum / all);
        }
        return shares;
    }

    @Override
    public void allRight() {
        Arrays.fill(left, 0);
    }

    @Override
    public void moveLeft(int row, int times) {
        left[label[row]] += times * weight[row];
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
        WeightedGini copy = new WeightedGini(label, sums.length, weight);
        System.arraycopy(sums, 0, copy.sums, 0, sums.length);
        return copy;
    }

    @Override
    public double score(double less, double more) {
        double leftSum = 0;
        double leftSquares = 0;
        double rightSum = 0;
        double rightSquares = 0;
        for (int each = 0; each < sums.length; each++) {
            double right = Math.max(0, sums[each] - left[each]);
            leftSum += left[each];
            leftSquares += left[each] * left[each];
            rightSum += right;
            rightSquares += right * right;
        }
        // A side whose weights are rounded away beside the others' adds nothing.
        return (leftSum > 0 ? leftSquares / leftSum : 0) + (rightSum > 0 ? rightSquares / rightSum : 0);
    }
}
