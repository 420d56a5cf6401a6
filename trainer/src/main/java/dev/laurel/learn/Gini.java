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
    public void enter(int[] rows, int from, int to, int[] drawn) {
        Arrays.fill(counts, 0);
        for (int i = from; i < to; i++) {
            counts[label[rows[i]]] += drawn[rows[i]];
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
    public double score(double less, double more) {
        return leftSquares / less + rightSquares / more;
    }
}
