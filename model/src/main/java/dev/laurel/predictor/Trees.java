package dev.laurel.predictor;

import java.util.ArrayList;
import java.util.List;

/**
 * Trees whose leaves are averaged: a random forest, a single tree, a bagging of trees. Splits stand in flat arrays; a child is the place of
 * another split, or where it is negative, the complement of the place of a leaf.
 */
public final class Trees implements Compiled {
    /** A feature is kept in two bytes. */
    static final int MOST_INPUTS = 0xffff;

    private final int inputs;
    private final int outputs;
    private final int[] roots;
    private final char[] features;
    private final double[] thresholds;
    private final int[] lessOrEqual;
    private final int[] greater;
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

    /** Takes the arrays as they are; {@code leaves} holds {@code outputs} scores for each leaf. */
    Trees(
            int inputs,
            int outputs,
            int[] roots,
            char[] features,
            double[] thresholds,
            int[] lessOrEqual,
            int[] greater,
            double[] leaves) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.roots = roots;
        this.features = features;
        this.thresholds = thresholds;
        this.lessOrEqual = lessOrEqual;
        this.greater = greater;
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
        for (int root : roots) {
            int node = root;
            while (node >= 0) {
                node = vector[features[node]] > thresholds[node] ? greater[node] : lessOrEqual[node];
            }
            int leaf = ~node * outputs;
            for (int output = 0; output < outputs; output++) {
                scores[output] += leaves[leaf + output];
            }
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

    int count() {
        return roots.length;
    }

    /** The first score of the leaf that the vector leads to in one tree. */
    double leaf(int tree, double[] vector) {
        int node = roots[tree];
        while (node >= 0) {
            node = vector[features[node]] > thresholds[node] ? greater[node] : lessOrEqual[node];
        }
        return leaves[~node * outputs];
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
            return new Node.Split(features[place], thresholds[place], node(lessOrEqual[place]), node(greater[place]));
        }
        List<Double> scores = new ArrayList<>();
        for (int output = 0; output < outputs; output++) {
            scores.add(leaves[~place * outputs + output]);
        }
        return new Node.Leaf(scores);
    }
}
