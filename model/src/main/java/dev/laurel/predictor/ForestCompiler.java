package dev.laurel.predictor;

import dev.laurel.model.Experiment;
import dev.laurel.model.Signature;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.ensemble.WeightedEnsembleModel;

/** Makes a {@link Forest} of a Tribuo model, and checks on the way that it is one that the signature describes. */
final class ForestCompiler {
    /** Probabilities that Tribuo has rounded still add up to 1 within this. */
    private static final double ROUNDING = 1e-9;

    private final Signature signature;
    private final int[] feature;
    private final int[] greater;
    private final double[] value;
    private int next;

    private ForestCompiler(Signature signature, int nodes) {
        this.signature = signature;
        this.feature = new int[nodes];
        this.greater = new int[nodes];
        this.value = new double[nodes];
    }

    /** @throws InvalidModelFileException when it is not a random forest with the features and the labels of the signature */
    static Forest compile(Model<?> model, Signature signature) {
        if (!(model instanceof WeightedEnsembleModel<?> ensemble)) {
            throw new InvalidModelFileException("the predictor is not a random forest");
        }
        expectSame("features", ensemble.getFeatureIDMap().keySet(), Set.copyOf(signature.features()));
        Set<String> labels = ensemble.getOutputIDInfo().getDomain().stream()
                .map(ForestCompiler::label)
                .collect(Collectors.toSet());
        expectSame("labels", labels, Set.copyOf(List.of(signature.positive(), signature.negative())));

        int nodes = ensemble.getModels().stream()
                .mapToInt(member -> countNodes(tree(member)))
                .sum();
        ForestCompiler compiler = new ForestCompiler(signature, nodes);
        int[] roots = ensemble.getModels().stream()
                .mapToInt(member -> compiler.add(tree(member), tree(member).getRoot(), 0))
                .toArray();
        return new Forest(roots, compiler.feature, compiler.greater, compiler.value);
    }

    /** Adds a node and all below it; gives its place. */
    private int add(TreeModel<?> tree, Node<?> node, int depth) {
        int place = next++;
        if (node instanceof SplitNode<?> split && depth < Experiment.MAXIMUM_DEPTH) {
            String name = tree.getFeatureIDMap().get(split.getFeatureID()).getName();
            feature[place] = signature.features().indexOf(name);
            value[place] = split.splitValue();
            if (feature[place] < 0 || !Double.isFinite(value[place])) {
                throw new InvalidModelFileException(
                        "split: %s > %s (expected: a feature of the signature and a finite number)"
                                .formatted(name, value[place]));
            }
            add(tree, split.getLessThanOrEqual(), depth + 1);
            greater[place] = add(tree, split.getGreaterThan(), depth + 1);
        } else if (node instanceof LeafNode<?> leaf) {
            feature[place] = Forest.LEAF;
            value[place] = probability(leaf);
        } else {
            throw new InvalidModelFileException("a tree is deeper than " + Experiment.MAXIMUM_DEPTH);
        }
        return place;
    }

    private double probability(LeafNode<?> leaf) {
        double positive = score(leaf, signature.positive());
        double negative = score(leaf, signature.negative());
        // Written so that NaN fails.
        if (!(positive >= 0 && negative >= 0 && Math.abs(positive + negative - 1) < ROUNDING)) {
            throw new InvalidModelFileException(
                    "leaf: %s and %s (expected: two probabilities)".formatted(positive, negative));
        }
        return Math.min(1, positive);
    }

    private static double score(LeafNode<?> leaf, String label) {
        return leaf.getDistribution().get(label) instanceof Label found ? found.getScore() : Double.NaN;
    }

    private static TreeModel<?> tree(Model<?> member) {
        if (member instanceof TreeModel<?> tree) {
            return tree;
        }
        throw new InvalidModelFileException("a member of the forest is not a tree");
    }

    private static <T extends Output<T>> int countNodes(TreeModel<T> tree) {
        return tree.countNodes(tree.getRoot());
    }

    private static String label(Output<?> output) {
        return output instanceof Label label ? label.getLabel() : "";
    }

    private static void expectSame(String thing, Set<String> found, Set<String> expected) {
        if (!found.equals(expected)) {
            throw new InvalidModelFileException("%s of the predictor: %s (expected those of the signature: %s)"
                    .formatted(thing, new TreeSet<>(found), new TreeSet<>(expected)));
        }
    }
}
