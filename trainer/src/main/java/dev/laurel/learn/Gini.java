package dev.laurel.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Gini impurity of labels: {@code n * (1 - sum of squared shares)} over both sides is least where the sum of
 * squared counts over the count of each side is greatest. Counts and their squares are whole numbers and exact, in
 * whatever order they are summed.
 */
final class Gini implements Criterion {
    private final int[] label;
    private final double[] counts;
    private final double[] left;
    private final double[] right;
    private double squares;
    private double leftSquares;
    private double rightSquares;

    Gini(int[] label, int labels) {
        this.label = label;
        this.counts = new double[labels];
        this.left = new double[labels];
        this.right = new double[labels];
    }

    @Override
    public void enter(long[] rows, int from, int to, int[] drawn) {
        Arrays.fill(counts, 0);
        for (int i = from; i < to; i++) {
            int row = TrainingRows.row(rows[i]);
            counts[label[row]] += drawn[row];
        }
        squares = 0;
        for (double count : counts) {
            squares += count * count;
        }
    }

    @Override
    public boolean isPure() {
        int present = 0;
        for (double count : counts) {
            present += count > 0 ? 1 : 0;
        }
        return present <= 1;
    }

    @Override
    public List<Double> leaf() {
        double sum = 0;
        for (double count : counts) {
            sum += count;
        }
        List<Double> shares = new ArrayList<>();
        for (double count : counts) {
            shares.add(count / sum);
        }
        return shares;
    }

    @Override
    public void allRight() {
        Arrays.fill(left, 0);
        System.arraycopy(counts, 0, right, 0, counts.length);
        leftSquares = 0;
        rightSquares = squares;
    }

    @Override
    public void moveLeft(int row, int times) {
        int place = label[row];
        leftSquares += times * (2 * left[place] + times);
        rightSquares -= times * (2 * right[place] - times);
        left[place] += times;
        right[place] -= times;
    }

    @Override
    public SplitSearch.Best best(SplitSearch search) {
        if (counts.length == 2) {
            return bestOfTwoLabels(search);
        }
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

    /** The same, where the one count and that of all rows say the other: whole numbers again, and the same scores. */
    private SplitSearch.Best bestOfTwoLabels(SplitSearch search) {
        long[] inOrder = search.inOrder();
        int[] drawn = search.drawn();
        int less = 0;
        int second = 0;
        int best = -1;
        double bestScore = least();
        for (int i = search.from(); i < search.to() - 1; i++) {
            int row = TrainingRows.row(inOrder[i]);
            int times = drawn[row];
            less += times;
            second += times * label[row];
            if (search.endsValue(i) && search.leavesEnough(less)) {
                double score = score(less - second, second, less)
                        + score(counts[0] - (less - second), counts[1] - second, search.count() - less);
                if (score > bestScore) {
                    best = i;
                    bestScore = score;
                }
            }
        }
        return new SplitSearch.Best(best, bestScore);
    }

    private static double score(double first, double second, double rows) {
        return (first * first + second * second) / rows;
    }

    @Override
    public Criterion copy() {
        Gini copy = new Gini(label, counts.length);
        System.arraycopy(counts, 0, copy.counts, 0, counts.length);
        copy.squares = squares;
        return copy;
    }

    @Override
    public double score(double less, double more) {
        return leftSquares / less + rightSquares / more;
    }
}
