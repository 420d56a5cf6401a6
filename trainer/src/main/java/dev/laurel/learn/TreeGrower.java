package dev.laurel.learn;

import dev.laurel.predictor.Trees.Node;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Grows one tree as CART does: Breiman, Friedman, Olshen and Stone, "Classification and Regression Trees" (1984); with
 * random thresholds instead of the best ones, as Geurts, Ernst and Wehenkel, "Extremely randomized trees" (2006). The
 * rows of a node are a range that is the same in the order of each feature; a split divides that range in each order
 * and keeps both parts in order, so that nothing is sorted again.
 */
final class TreeGrower {
    private final TrainingRows rows;
    private final Criterion criterion;
    private final Growth growth;
    private final int featuresPerSplit;
    private final Random random;

    /** How often each row was drawn. */
    private final int[] drawn;
    /** The rows that were drawn at all, in the order of each feature. */
    private final int[][] order;

    private final boolean[] goesRight;
    private final int[] right;
    private final int[] candidates;

    /** Rows whose value of the feature has at most that place among its values go to the left. */
    private record Split(int feature, int place, double threshold, double score) {}

    TreeGrower(TrainingRows rows, Criterion criterion, Growth growth, Random random) {
        this(rows, criterion, growth, random, growth.drawsRows() ? drawn(rows.rows(), random) : once(rows.rows()));
    }

    /** @param drawn how often each row counts */
    TreeGrower(TrainingRows rows, Criterion criterion, Growth growth, Random random, int[] drawn) {
        this.rows = rows;
        this.criterion = criterion;
        this.growth = growth;
        this.featuresPerSplit = growth.featuresPerSplit(rows.features());
        this.random = random;
        this.drawn = drawn;
        int different = 0;
        for (int times : drawn) {
            different += times > 0 ? 1 : 0;
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

    private static int[] drawn(int rows, Random random) {
        int[] drawn = new int[rows];
        for (int i = 0; i < rows; i++) {
            drawn[random.nextInt(rows)]++;
        }
        return drawn;
    }

    private static int[] once(int rows) {
        int[] drawn = new int[rows];
        Arrays.fill(drawn, 1);
        return drawn;
    }

    Node grow() {
        return grow(0, right.length, 0);
    }

    private Node grow(int from, int to, int depth) {
        criterion.enter(order[0], from, to, drawn);
        Split split = depth < growth.depth() && !criterion.isPure() ? bestSplit(from, to) : null;
        if (split == null) {
            return new Node.Leaf(criterion.leaf());
        }
        int middle = divide(split, from, to);
        Node lessOrEqual = grow(from, middle, depth + 1);
        return new Node.Split(split.feature(), split.threshold(), lessOrEqual, grow(middle, to, depth + 1));
    }

    /**
     * The best split of some features, drawn one by one; features that cannot be split do not count. Null where all are
     * such.
     */
    private @Nullable Split bestSplit(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += drawn[order[0][i]];
        }
        if (!growth.splits(count)) {
            return null;
        }
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
            criterion.allRight();
            Split split = growth.drawsThresholds()
                    ? randomSplit(feature, from, to, count)
                    : bestSplit(feature, from, to, count);
            if (split != null) {
                looked++;
                best = best == null || split.score() > best.score() ? split : best;
            }
        }
        return best;
    }

    /** The best of all splits of a feature that leave enough rows on both sides, half-way between its values there. */
    private @Nullable Split bestSplit(int feature, int from, int to, int count) {
        int[] inOrder = order[feature];
        int[] places = rows.places()[feature];
        int less = 0;
        int best = -1;
        double bestScore = criterion.least();
        for (int i = from; i < to - 1; i++) {
            int row = inOrder[i];
            criterion.moveLeft(row, drawn[row]);
            less += drawn[row];
            if (places[row] != places[inOrder[i + 1]] && leavesEnough(less, count)) {
                double score = criterion.score(less, count - less);
                if (score > bestScore) {
                    best = i;
                    bestScore = score;
                }
            }
        }
        if (best < 0) {
            return null;
        }
        double[] values = rows.values()[feature];
        int place = places[inOrder[best]];
        double threshold = between(values[place], values[places[inOrder[best + 1]]]);
        return new Split(feature, place, threshold, bestScore);
    }

    /**
     * The split at a threshold anywhere between the lowest and the highest value of the feature here, null where a side
     * is too small.
     */
    private @Nullable Split randomSplit(int feature, int from, int to, int count) {
        int[] inOrder = order[feature];
        int[] places = rows.places()[feature];
        double[] values = rows.values()[feature];
        double lowest = values[places[inOrder[from]]];
        double highest = values[places[inOrder[to - 1]]];
        double threshold = lowest + random.nextDouble() * (highest - lowest);
        if (threshold >= highest) { // by rounding
            threshold = lowest;
        }
        int less = 0;
        int place = 0;
        for (int i = from; values[places[inOrder[i]]] <= threshold; i++) {
            int row = inOrder[i];
            criterion.moveLeft(row, drawn[row]);
            less += drawn[row];
            place = places[row];
        }
        return leavesEnough(less, count)
                ? new Split(feature, place, threshold, criterion.score(less, count - less))
                : null;
    }

    private boolean leavesEnough(int less, int count) {
        return less >= growth.minimumLeaf() && count - less >= growth.minimumLeaf();
    }

    /** Half-way between the two values, and below the greater one even where no number lies between them. */
    private static double between(double low, double high) {
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
