package dev.laurel.learn;

import dev.laurel.predictor.Trees.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Grows one tree of a forest on rows drawn with replacement, as CART does: Breiman, Friedman, Olshen and Stone, "Classification and
 * Regression Trees" (1984), with the Gini impurity. The rows of a node are a range that is the same in the order of each feature; a split
 * divides that range in each order and keeps both parts in order, so that nothing is sorted again.
 */
final class TreeGrower {
    private final TrainingRows rows;
    private final int maximumDepth;
    private final int featuresPerSplit;
    private final Random random;

    /** How often each row was drawn. */
    private final int[] drawn;
    /** The rows that were drawn at all, in the order of each feature. */
    private final int[][] order;

    private final boolean[] goesRight;
    private final int[] right;
    private final int[] candidates;

    /** A place between two values of a feature. */
    private record Split(int feature, int place, int nextPlace, double score) {}

    TreeGrower(TrainingRows rows, int maximumDepth, int featuresPerSplit, Random random) {
        this.rows = rows;
        this.maximumDepth = maximumDepth;
        this.featuresPerSplit = featuresPerSplit;
        this.random = random;
        this.drawn = new int[rows.rows()];
        int different = 0;
        for (int i = 0; i < drawn.length; i++) {
            if (drawn[random.nextInt(drawn.length)]++ == 0) {
                different++;
            }
        }
        this.order = new int[rows.features()][different];
        for (int feature = 0; feature < order.length; feature++) {
            int next = 0;
            for (int row : rows.order()[feature]) {
                if (drawn[row] > 0) {
                    order[feature][next++] = row;
                }
            }
        }
        this.goesRight = new boolean[drawn.length];
        this.right = new int[different];
        this.candidates = new int[rows.features()];
        for (int feature = 0; feature < candidates.length; feature++) {
            candidates[feature] = feature;
        }
    }

    Node grow() {
        return grow(0, right.length, 0);
    }

    private Node grow(int from, int to, int depth) {
        double[] counts = counts(from, to);
        Split split = depth < maximumDepth && !isPure(counts) ? bestSplit(from, to, counts) : null;
        if (split == null) {
            return leaf(counts);
        }
        double threshold = threshold(split);
        int middle = divide(split, from, to);
        return new Node.Split(split.feature(), threshold, grow(from, middle, depth + 1), grow(middle, to, depth + 1));
    }

    private double[] counts(int from, int to) {
        double[] counts = new double[rows.labels()];
        for (int i = from; i < to; i++) {
            int row = order[0][i];
            counts[rows.label()[row]] += drawn[row];
        }
        return counts;
    }

    private static boolean isPure(double[] counts) {
        int present = 0;
        for (double count : counts) {
            present += count > 0 ? 1 : 0;
        }
        return present <= 1;
    }

    private static Node leaf(double[] counts) {
        double sum = sum(counts);
        List<Double> shares = new ArrayList<>();
        for (double count : counts) {
            shares.add(count / sum);
        }
        return new Node.Leaf(shares);
    }

    /** The best split of some features, drawn one by one; features with one value only do not count. Null where all are such. */
    private @Nullable Split bestSplit(int from, int to, double[] counts) {
        Split best = null;
        int looked = 0;
        for (int left = candidates.length; left > 0 && looked < featuresPerSplit; left--) {
            int chosen = random.nextInt(left);
            int feature = candidates[chosen];
            candidates[chosen] = candidates[left - 1];
            candidates[left - 1] = feature;
            int[] places = rows.places()[feature];
            if (places[order[feature][from]] == places[order[feature][to - 1]]) {
                continue;
            }
            looked++;
            Split split = bestSplit(feature, from, to, counts);
            if (best == null || split.score() > best.score()) {
                best = split;
            }
        }
        return best;
    }

    /** The split with the least impurity on both sides: the greatest sum of squared counts over the count of each. */
    private Split bestSplit(int feature, int from, int to, double[] counts) {
        int[] inOrder = order[feature];
        int[] places = rows.places()[feature];
        double[] less = new double[counts.length];
        double[] more = counts.clone();
        double lessSum = 0;
        double moreSum = sum(counts);
        Split best = null;
        for (int i = from; i < to - 1; i++) {
            int row = inOrder[i];
            int label = rows.label()[row];
            less[label] += drawn[row];
            more[label] -= drawn[row];
            lessSum += drawn[row];
            moreSum -= drawn[row];
            int place = places[row];
            int nextPlace = places[inOrder[i + 1]];
            if (place != nextPlace) {
                double score = squares(less) / lessSum + squares(more) / moreSum;
                if (best == null || score > best.score()) {
                    best = new Split(feature, place, nextPlace, score);
                }
            }
        }
        return Objects.requireNonNull(best, "the feature has two values here");
    }

    private static double squares(double[] counts) {
        double sum = 0;
        for (double count : counts) {
            sum += count * count;
        }
        return sum;
    }

    private static double sum(double[] counts) {
        double sum = 0;
        for (double count : counts) {
            sum += count;
        }
        return sum;
    }

    /** Half-way between the two values, and below the greater one even where no number lies between them. */
    private double threshold(Split split) {
        double[] values = rows.values()[split.feature()];
        double low = values[split.place()];
        double high = values[split.nextPlace()];
        double middle = low / 2 + high / 2;
        return middle < high ? Math.max(low, middle) : low;
    }

    /** Puts the rows of the left side before those of the right in each order; gives where the right side begins. */
    private int divide(Split split, int from, int to) {
        int[] places = rows.places()[split.feature()];
        for (int i = from; i < to; i++) {
            int row = order[0][i];
            goesRight[row] = places[row] > split.place();
        }
        int middle = from;
        for (int[] inOrder : order) {
            int lefts = from;
            int rights = 0;
            for (int i = from; i < to; i++) {
                int row = inOrder[i];
                if (goesRight[row]) {
                    right[rights++] = row;
                } else {
                    inOrder[lefts++] = row;
                }
            }
            System.arraycopy(right, 0, inOrder, lefts, rights);
            middle = lefts;
        }
        return middle;
    }
}
