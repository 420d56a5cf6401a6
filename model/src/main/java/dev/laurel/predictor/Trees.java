package dev.laurel.predictor;

import java.util.ArrayList;
import java.util.List;

/**
 * Trees whose leaves are averaged: a random forest, a single tree, a bagging of trees. Splits stand in flat arrays; a child is the place of
 * another split, or where it is negative, the complement of the place of a leaf.
 *
 * <p>Where a vector goes is computed, not asked: no processor guesses half of the answers, and each wrong guess costs more than a whole
 * step. For the same reason four trees are walked through at a time, which do not wait for each other.
 */
public final class Trees implements Compiled {
    /** A feature is kept in two bytes. */
    static final int MOST_INPUTS = 0xffff;

    private final int inputs;
    private final int outputs;
    private final int[] roots;
    private final char[] features;
    private final double[] thresholds;
    /** Of each split where those go that are less or equal, then where the greater go. */
    private final int[] children;

    private final double[] leaves;

    /** A tree as it is grown. */
    public sealed interface Node {
        /** Vectors whose {@code feature} is at most {@code threshold} go to {@code lessOrEqual}. */
        record Split(int feature, double threshold, Node lessOrEqual, Node greater) implements Node {}

        /** @param scores one for each output */
        record Leaf(List<Double> scores) implements Node {
            public Leaf {
                scores = List.copyOf(scores);
            }
        }
    }

    /**
     * Takes the arrays as they are.
     *
     * @param thresholds none of them -0.0, whose difference from 0.0 would look like a negative one
     * @param leaves {@code outputs} scores for each leaf
     */
    Trees(int inputs, int outputs, int[] roots, char[] features, double[] thresholds, int[] children, double[] leaves) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.roots = roots;
        this.features = features;
        this.thresholds = thresholds;
        this.children = children;
        this.leaves = leaves;
    }

    public static Trees of(int inputs, int outputs, List<Node> trees) {
        // Through the form in which they are kept, so that there is one way to make the arrays.
        return TreesFormat.read(new FlatReader(TreesFormat.write(inputs, outputs, trees)));
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public void scores(double[] vector, double[] scores) {
        for (int output = 0; output < outputs; output++) {
            scores[output] = 0;
        }
        int tree = 0;
        for (; tree + 4 <= roots.length; tree += 4) {
            int a = roots[tree];
            int b = roots[tree + 1];
            int c = roots[tree + 2];
            int d = roots[tree + 3];
            while ((a & b & c & d) >= 0) {
                a = next(a, vector);
                b = next(b, vector);
                c = next(c, vector);
                d = next(d, vector);
            }
            add(a, scores);
            add(b, scores);
            add(c, scores);
            add(d, scores);
        }
        for (; tree < roots.length; tree++) {
            add(leafOf(tree, vector), scores);
        }
        for (int output = 0; output < outputs; output++) {
            scores[output] /= roots.length;
        }
    }

    @Override
    public void expectShares() {
        for (int leaf = 0; leaf < leaves.length; leaf += outputs) {
            double sum = 0;
            for (int output = 0; output < outputs; output++) {
                double share = leaves[leaf + output];
                FlatReader.expect(share >= 0 && share <= 1, "leaf: " + share + " (expected: 0..1)");
                sum += share;
            }
            FlatReader.expect(Math.abs(sum - 1) < 1e-9, "leaf: shares that add up to " + sum + " (expected: 1)");
        }
    }

    /** The node after one; a leaf stays. */
    private int next(int node, double[] vector) {
        if (node < 0) {
            return node;
        }
        double difference = thresholds[node] - vector[features[node]];
        return children[2 * node + (int) (Double.doubleToRawLongBits(difference) >>> 63)];
    }

    private int leafOf(int tree, double[] vector) {
        int node = roots[tree];
        while (node >= 0) {
            node = next(node, vector);
        }
        return node;
    }

    private void add(int node, double[] scores) {
        int leaf = ~node * outputs;
        for (int output = 0; output < outputs; output++) {
            scores[output] += leaves[leaf + output];
        }
    }

    int count() {
        return roots.length;
    }

    /**
     * Adds the first score of the leaf that the vector leads to in each tree: that of the first tree to the first sum, of the next to the
     * next, and so on round.
     */
    void addInTurn(double[] vector, double[] sums, int count) {
        int tree = 0;
        int sum = 0;
        for (; tree + 4 <= roots.length; tree += 4) {
            int a = roots[tree];
            int b = roots[tree + 1];
            int c = roots[tree + 2];
            int d = roots[tree + 3];
            while ((a & b & c & d) >= 0) {
                a = next(a, vector);
                b = next(b, vector);
                c = next(c, vector);
                d = next(d, vector);
            }
            sum = addFirst(a, sums, sum, count);
            sum = addFirst(b, sums, sum, count);
            sum = addFirst(c, sums, sum, count);
            sum = addFirst(d, sums, sum, count);
        }
        for (; tree < roots.length; tree++) {
            sum = addFirst(leafOf(tree, vector), sums, sum, count);
        }
    }

    private int addFirst(int node, double[] sums, int sum, int count) {
        sums[sum] += leaves[~node * outputs];
        return sum + 1 == count ? 0 : sum + 1;
    }

    /** The trees as they were grown. */
    List<Node> nodes() {
        List<Node> trees = new ArrayList<>();
        for (int root : roots) {
            trees.add(node(root));
        }
        return trees;
    }

    private Node node(int place) {
        if (place >= 0) {
            return new Node.Split(
                    features[place], thresholds[place], node(children[2 * place]), node(children[2 * place + 1]));
        }
        List<Double> scores = new ArrayList<>();
        for (int output = 0; output < outputs; output++) {
            scores.add(leaves[~place * outputs + output]);
        }
        return new Node.Leaf(scores);
    }
}
