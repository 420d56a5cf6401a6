package dev.laurel.learn;

import java.util.List;
import java.util.function.Supplier;

/**
 * Measures the splits of one node after another: {@link #enter} a node, then for each feature of it the {@link #best} split, or {@link
 * #allRight}, {@link #moveLeft} row by row and the {@link #score}. Holds what it has counted, so that each tree needs one of its own.
 */
interface Criterion {

    static Supplier<Criterion> of(Lesson lesson) {
        if (lesson.task().isOfLabels()) {
            int[] label = lesson.labels();
            int labels = lesson.task().outputs();
            double[] weights = lesson.weights();
            return () -> weights == null ? new Gini(label, labels) : new WeightedGini(label, labels, weights);
        }
        double[] value = lesson.truth();
        double mean = Centred.mean(value);
        return () -> new Variance(value, mean);
    }

    /**
     * A node with the rows of {@code from..to-1}.
     *
     * @param rows in the order of a feature, as {@link TrainingRows} has them
     * @param drawn how often each row counts
     */
    void enter(long[] rows, int from, int to, int[] drawn);

    /** Whether its rows all have the same answer. */
    boolean isPure();

    /** Its answer as a leaf: one score for each output. */
    List<Double> leaf();

    /** All its rows are on the right side of a split. */
    void allRight();

    void moveLeft(int row, int times);

    /**
     * The first of the splits with the highest score. The loop stands in each criterion again, since it is where nearly all the time goes,
     * and a call that may lead to several classes costs more than what it counts.
     */
    SplitSearch.Best best(SplitSearch search);

    /** Another one in the same node, to look at another feature at the same time. */
    Criterion copy();

    /** No split of the node is made unless its score is greater. */
    default double least() {
        return Double.NEGATIVE_INFINITY;
    }

    /**
     * How good the split is; greater is better.
     *
     * @param less rows on the left side, at least one
     * @param more rows on the right side, at least one
     */
    double score(double less, double more);
}
