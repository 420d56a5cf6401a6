package dev.laurel.learn;

import dev.laurel.predictor.Trees.Node;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Grows one tree as CART does: Breiman, Friedman, Olshen and Stone, "Classification and Regression Trees" (1984); with
 * random thresholds instead of the best ones, as Geurts, Ernst and Wehenkel, "Extremely randomized trees" (2006). The
 * rows of a node are a range that is the same in the order of each feature; a split divides that range in each order
 * and keeps both parts in order, so that nothing is sorted again.
 */
final class TreeGrower {
    /** From here on the features of one node are looked at side by side. */
    private static final int MANY_ROWS = 10_000;

    private final TrainingRows rows;
    private final Criterion criterion;
    private final Growth growth;
    private final int featuresPerSplit;
    private final Random random;

    /** How often each row was drawn. */
    private final int[] drawn;
    /** The rows that were drawn at all, in the order of each feature. */
    private final long[][] order;
    /** How many these are. */
    private final int different;

    /** 1 for rows that go to the right side of the split that is being made, 0 for others of its node. */
    private final byte[] goesRight;

    private final long[] right;
    private final int[] candidates;

    /** The rows of the node before that place in the order of the feature go to the left. */
    private record Split(int feature, int middle, double threshold, double score) {}

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
        this.different = (int) Arrays.stream(drawn).filter(times -> times > 0).count();
        this.order = new long[rows.features()][];
        features(different).forEach(feature -> order[feature] = ofDrawn(rows.order()[feature]));
        this.goesRight = new byte[drawn.length];
        this.right = new long[different];
        this.candidates = new int[rows.features()];
        for (int feature = 0; feature < candidates.length; feature++) {
            candidates[feature] = feature;
        }
    }

    private long[] ofDrawn(long[] inOrder) {
        if (different == inOrder.length) {
            return inOrder.clone();
        }
        // One place more, for what comes behind the last that was drawn.
        long[] ofDrawn = new long[different + 1];
        int next = 0;
        for (long ordered : inOrder) {
            // Without asking, since no processor guesses well which rows were drawn.
            ofDrawn[next] = ordered;
            next += -drawn[TrainingRows.row(ordered)] >>> 31;
        }
        return ofDrawn;
    }

    /** All features, side by side where there are so many rows that it is worth it. */
    private IntStream features(int ofRows) {
        IntStream features = IntStream.range(0, rows.features());
        return ofRows >= MANY_ROWS ? features.parallel() : features;
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
        return grow(0, different, 0);
    }

    private Node grow(int from, int to, int depth) {
        criterion.enter(order[0], from, to, drawn);
        Split split = depth < growth.depth() && !criterion.isPure() ? bestSplit(from, to) : null;
        if (split == null) {
            return new Node.Leaf(criterion.leaf());
        }
        int middle = split.middle();
        divide(split, from, to, depth + 1 < growth.depth());
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
            count += drawn[TrainingRows.row(order[0][i])];
        }
        if (!growth.splits(count)) {
            return null;
        }
        if (to - from >= MANY_ROWS && featuresPerSplit == candidates.length && !growth.drawsThresholds()) {
            return bestOfAll(from, to, count);
        }
        Split best = null;
        int looked = 0;
        for (int left = candidates.length; left > 0 && looked < featuresPerSplit; left--) {
            int feature = drawCandidate(left);
            if (hasOneValue(feature, from, to)) {
                continue;
            }
            Split split = growth.drawsThresholds()
                    ? randomSplit(feature, from, to, count)
                    : bestSplit(criterion, feature, from, to, count);
            if (split != null) {
                looked++;
                best = better(best, split);
            }
        }
        return best;
    }

    /** Moves one of the first candidates behind the others of them. */
    private int drawCandidate(int left) {
        int chosen = random.nextInt(left);
        int feature = candidates[chosen];
        candidates[chosen] = candidates[left - 1];
        candidates[left - 1] = feature;
        return feature;
    }

    private boolean hasOneValue(int feature, int from, int to) {
        return TrainingRows.place(order[feature][from]) == TrainingRows.place(order[feature][to - 1]);
    }

    /** Of two that are equally good the one that was looked at before. */
    private static @Nullable Split better(@Nullable Split best, @Nullable Split split) {
        return best == null || (split != null && split.score() > best.score()) ? split : best;
    }

    /** The same split of all features as one by one, but these are looked at side by side. */
    private @Nullable Split bestOfAll(int from, int to, int count) {
        for (int left = candidates.length; left > 0; left--) {
            drawCandidate(left);
        }
        @Nullable Split[] splits = new @Nullable Split[candidates.length];
        features(to - from)
                .filter(feature -> !hasOneValue(feature, from, to))
                .forEach(feature -> splits[feature] = bestSplit(criterion.copy(), feature, from, to, count));
        Split best = null;
        for (int drawn = candidates.length - 1; drawn >= 0; drawn--) {
            best = better(best, splits[candidates[drawn]]);
        }
        return best;
    }

    /** The best of all splits of a feature that leave enough rows on both sides, half-way between its values there. */
    private @Nullable Split bestSplit(Criterion measure, int feature, int from, int to, int count) {
        long[] inOrder = order[feature];
        SplitSearch.Best best = measure.best(new SplitSearch(inOrder, from, to, drawn, count, growth.minimumLeaf()));
        if (best.at() < 0) {
            return null;
        }
        double[] values = rows.values()[feature];
        double low = values[TrainingRows.place(inOrder[best.at()])];
        double high = values[TrainingRows.place(inOrder[best.at() + 1])];
        return new Split(feature, best.at() + 1, between(low, high), best.score());
    }

    /**
     * The split at a threshold anywhere between the lowest and the highest value of the feature here, null where a side
     * is too small.
     */
    private @Nullable Split randomSplit(int feature, int from, int to, int count) {
        long[] inOrder = order[feature];
        double[] values = rows.values()[feature];
        double lowest = values[TrainingRows.place(inOrder[from])];
        double highest = values[TrainingRows.place(inOrder[to - 1])];
        double threshold = lowest + random.nextDouble() * (highest - lowest);
        if (threshold >= highest) { // by rounding
            threshold = lowest;
        }
        criterion.allRight();
        int less = 0;
        int middle = from;
        for (; values[TrainingRows.place(inOrder[middle])] <= threshold; middle++) {
            int row = TrainingRows.row(inOrder[middle]);
            criterion.moveLeft(row, drawn[row]);
            less += drawn[row];
        }
        return leavesEnough(less, count)
                ? new Split(feature, middle, threshold, criterion.score(less, count - less))
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

    /**
     * Puts the rows of the left side before those of the right in each order.
     *
     * @param whole whether the sides may be split again; else it is enough that their rows can be counted
     */
    private void divide(Split split, int from, int to, boolean whole) {
        // Its own order is divided already.
        long[] ofSplit = order[split.feature()];
        for (int i = from; i < to; i++) {
            goesRight[TrainingRows.row(ofSplit[i])] = (byte) (i < split.middle() ? 0 : 1);
        }
        if (!whole) {
            divide(order[0], from, to, right);
        } else if (to - from >= MANY_ROWS) {
            features(to - from).forEach(feature -> divide(order[feature], from, to, new long[to - from]));
        } else {
            for (long[] inOrder : order) {
                divide(inOrder, from, to, right);
            }
        }
    }

    /** @param rights room for as many rows */
    private void divide(long[] inOrder, int from, int to, long[] rights) {
        int lefts = from;
        int next = 0;
        for (int i = from; i < to; i++) {
            long ordered = inOrder[i];
            // Written to both, without asking, since no processor guesses well where a row goes.
            inOrder[lefts] = ordered;
            rights[next] = ordered;
            int goes = goesRight[TrainingRows.row(ordered)];
            lefts += 1 - goes;
            next += goes;
        }
        System.arraycopy(rights, 0, inOrder, lefts, next);
    }
}
