package dev.laurel.predictor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * How {@link Trees} are kept. Forests repeat themselves: each threshold of a feature and each leaf is written once, and the trees, in
 * preorder, name them by their place.
 */
final class TreesFormat {
    private TreesFormat() {}

    static void write(Trees trees, FlatWriter writer) {
        new Writing(trees.inputs(), trees.outputs(), trees.nodes()).write(writer);
    }

    static byte[] write(int inputs, int outputs, List<Trees.Node> trees) {
        FlatWriter writer = new FlatWriter();
        new Writing(inputs, outputs, trees).write(writer);
        return writer.toBytes();
    }

    static Trees read(FlatReader reader) {
        return new Reading(reader).read();
    }

    private static final class Writing {
        private final int outputs;
        private final List<Trees.Node> trees;
        private final List<TreeSet<Double>> thresholds = new ArrayList<>();
        private final List<Map<Double, Integer>> places = new ArrayList<>();
        private final Map<List<Double>, Integer> leaves = new HashMap<>();
        private final List<List<Double>> leavesInOrder = new ArrayList<>();

        Writing(int inputs, int outputs, List<Trees.Node> trees) {
            this.outputs = outputs;
            this.trees = trees;
            for (int input = 0; input < inputs; input++) {
                thresholds.add(new TreeSet<>());
                places.add(new HashMap<>());
            }
            trees.forEach(this::collect);
        }

        private void collect(Trees.Node node) {
            if (node instanceof Trees.Node.Split split) {
                // 0.0 stands for -0.0 as well: they compare as equal, and have to be one threshold.
                thresholds.get(split.feature()).add(split.threshold() + 0.0);
                collect(split.lessOrEqual());
                collect(split.greater());
            } else if (node instanceof Trees.Node.Leaf leaf && !leaves.containsKey(leaf.scores())) {
                leaves.put(leaf.scores(), leavesInOrder.size());
                leavesInOrder.add(leaf.scores());
            }
        }

        void write(FlatWriter writer) {
            writer.number(thresholds.size());
            writer.number(outputs);
            for (int input = 0; input < thresholds.size(); input++) {
                double[] rising = doubles(thresholds.get(input));
                for (int place = 0; place < rising.length; place++) {
                    places.get(input).put(rising[place], place);
                }
                writer.number(rising.length);
                writer.doubles(rising);
            }
            writer.number(leavesInOrder.size());
            leavesInOrder.forEach(leaf -> writer.doubles(doubles(leaf)));
            writer.number(trees.size());
            trees.forEach(tree -> write(tree, writer));
        }

        private static double[] doubles(Collection<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }

        private void write(Trees.Node node, FlatWriter writer) {
            if (node instanceof Trees.Node.Split split) {
                writer.number(split.feature() + 1);
                writer.number(Objects.requireNonNull(places.get(split.feature()).get(split.threshold() + 0.0)));
                write(split.lessOrEqual(), writer);
                write(split.greater(), writer);
            } else if (node instanceof Trees.Node.Leaf leaf) {
                writer.number(0);
                writer.number(Objects.requireNonNull(leaves.get(leaf.scores())));
            }
        }
    }

    private static final class Reading {
        /** A child that has not been read yet. */
        private static final int UNREAD = Integer.MAX_VALUE;

        private final FlatReader reader;
        private final int inputs;
        private final int outputs;
        private final double[][] thresholds;
        private final double[] leaves;
        private char[] features = new char[64];
        private double[] values = new double[64];
        private int[] children = new int[128];
        private int splits;

        Reading(FlatReader reader) {
            this.reader = reader;
            this.inputs = reader.count(1);
            FlatReader.expect(
                    inputs >= 1 && inputs <= Trees.MOST_INPUTS,
                    "%s inputs (expected: 1..%s)".formatted(inputs, Trees.MOST_INPUTS));
            this.outputs = reader.count(Double.BYTES);
            FlatReader.expect(outputs >= 1, "no outputs (expected: at least one)");
            this.thresholds = new double[inputs][];
            for (int input = 0; input < inputs; input++) {
                thresholds[input] = rising(reader.doubles(reader.count(Double.BYTES)));
            }
            this.leaves = reader.doubles(reader.count(Double.BYTES * outputs) * outputs);
        }

        private static double[] rising(double[] values) {
            for (int i = 1; i < values.length; i++) {
                FlatReader.expect(values[i - 1] < values[i], "thresholds that do not rise");
            }
            return values;
        }

        Trees read() {
            int trees = reader.count(2);
            FlatReader.expect(trees >= 1, "no trees (expected: at least one)");
            int[] roots = new int[trees];
            for (int tree = 0; tree < trees; tree++) {
                roots[tree] = tree();
            }
            return new Trees(
                    inputs,
                    outputs,
                    roots,
                    Arrays.copyOf(features, splits),
                    Arrays.copyOf(values, splits),
                    Arrays.copyOf(children, 2 * splits),
                    leaves);
        }

        /** One tree in preorder; not by recursion, since a file may nest as deep as it is long. */
        private int tree() {
            int root = node();
            // The splits that still wait for a child, each on its way through both.
            int[] waiting = new int[16];
            int depth = 0;
            if (root >= 0) {
                waiting[depth++] = root;
            }
            while (depth > 0) {
                int parent = waiting[depth - 1];
                int child = node();
                if (children[2 * parent] == UNREAD) {
                    children[2 * parent] = child;
                } else {
                    children[2 * parent + 1] = child;
                    depth--;
                }
                if (child >= 0) {
                    if (depth == waiting.length) {
                        waiting = Arrays.copyOf(waiting, 2 * depth);
                    }
                    waiting[depth++] = child;
                }
            }
            return root;
        }

        /** The next split, whose children are not known yet, or the complement of the next leaf. */
        private int node() {
            int input = reader.number();
            if (input == 0) {
                int leaf = reader.number();
                int count = leaves.length / outputs;
                expectPlace(leaf, count, "leaf");
                return ~leaf;
            }
            expectPlace(input - 1, inputs, "a split of input");
            int threshold = reader.number();
            int count = thresholds[input - 1].length;
            expectPlace(threshold, count, "threshold");
            if (splits == features.length) {
                grow();
            }
            features[splits] = (char) (input - 1);
            values[splits] = thresholds[input - 1][threshold] + 0.0;
            children[2 * splits] = UNREAD;
            return splits++;
        }

        /** The words are made for what fails only: there are thousands of nodes. */
        private static void expectPlace(int place, int count, String what) {
            if (place >= count) {
                throw new InvalidModelFileException("predictor: %s %s of %s".formatted(what, place, count));
            }
        }

        private void grow() {
            int length = 2 * splits;
            features = Arrays.copyOf(features, length);
            values = Arrays.copyOf(values, length);
            children = Arrays.copyOf(children, 2 * length);
        }
    }
}
