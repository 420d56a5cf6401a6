package dev.laurel.predictor;

import dev.laurel.Documents;
import dev.laurel.feature.FittedState;
import dev.laurel.predictor.Trees.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A forest out of thin air, for the definition of {@link Documents}: the same seed gives the same one. */
final class RandomForest {
    static final int INPUTS = Documents.SIGNATURE.features().size();
    static final int OUTPUTS = 2;

    private RandomForest() {}

    static List<Node> nodes(int trees, int depth, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, trees).mapToObj(tree -> node(depth, random)).toList();
    }

    static Trees trees(int trees, int depth, long seed) {
        return Trees.of(INPUTS, OUTPUTS, nodes(trees, depth, seed));
    }

    private static Node node(int depth, Random random) {
        if (depth == 0 || random.nextInt(8) == 0) {
            double share = random.nextInt(101) / 100.0;
            return new Node.Leaf(List.of(share, 1 - share));
        }
        // Few different thresholds, as in a real forest, and zero among them.
        double threshold = random.nextInt(41) / 20.0 - 1;
        return new Node.Split(random.nextInt(INPUTS), threshold, node(depth - 1, random), node(depth - 1, random));
    }

    static ModelFile modelFile(Trees trees) {
        return new ModelFile(
                Documents.DEFINITION,
                Documents.SIGNATURE,
                FittedState.NONE,
                Documents.PROFILE,
                PredictorFormat.encode(trees));
    }

    /** What the trees say, straight from their nodes. */
    static double[] scores(List<Node> trees, double[] vector) {
        double[] sums = new double[OUTPUTS];
        for (Node tree : trees) {
            Node node = tree;
            while (node instanceof Node.Split split) {
                node = vector[split.feature()] <= split.threshold() ? split.lessOrEqual() : split.greater();
            }
            List<Double> scores = ((Node.Leaf) node).scores();
            for (int output = 0; output < OUTPUTS; output++) {
                sums[output] += scores.get(output);
            }
        }
        for (int output = 0; output < OUTPUTS; output++) {
            sums[output] /= trees.size();
        }
        return sums;
    }

    /** Values on and beside the splits, zeros of both signs, and values far away. */
    static double[] vector(Random random) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < INPUTS; i++) {
            values.add(
                    switch (random.nextInt(8)) {
                        case 0 -> -0.0;
                        case 1 -> 1e6 * random.nextGaussian();
                        case 2 -> random.nextGaussian();
                        default -> random.nextInt(41) / 20.0 - 1;
                    });
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
