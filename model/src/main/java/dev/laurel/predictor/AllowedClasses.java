package dev.laurel.predictor;

import com.google.protobuf.Message;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.RootProvenanceProto;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes that a model file may name. Tribuo loads each class that it finds named, which runs its static initialiser, so every name
 * is checked before Tribuo sees any of them.
 */
final class AllowedClasses {
    private static final Set<String> NAMES = Set.of(
            "org.tribuo.ensemble.WeightedEnsembleModel",
            "org.tribuo.classification.ensemble.FullyWeightedVotingCombiner",
            "org.tribuo.common.tree.TreeModel",
            "org.tribuo.common.tree.SplitNode",
            "org.tribuo.common.tree.LeafNode",
            "org.tribuo.classification.Label",
            "org.tribuo.classification.ImmutableLabelInfo",
            "org.tribuo.ImmutableFeatureMap",
            "org.tribuo.RealIDInfo",
            "org.tribuo.CategoricalIDInfo");

    private AllowedClasses() {}

    /**
     * Checks a message and all that it holds.
     *
     * @throws InvalidModelFileException that names the class, when one is not allowed
     */
    static void check(Message model) {
        TribuoMessages.visit(model, AllowedClasses::checkNames);
    }

    /** Whether there may be more names inside. */
    private static boolean checkNames(Message message) {
        if (message instanceof RootProvenanceProto provenance) {
            checkConstant(provenance);
            return false;
        }
        classNames(message).forEach(name -> {
            if (!NAMES.contains(name)) {
                throw new InvalidModelFileException("class '" + name + "' is not one of a random forest");
            }
        });
        return true;
    }

    private static void checkConstant(RootProvenanceProto provenance) {
        if (!provenance.equals(ConstantProvenance.VALUE)) {
            String names = Stream.of(
                            provenance.getOmpList(),
                            provenance.getSmpList(),
                            provenance.getMmpList(),
                            provenance.getLmpList())
                    .flatMap(List::stream)
                    .flatMap(AllowedClasses::classNames)
                    .distinct()
                    .collect(Collectors.joining(", "));
            throw new InvalidModelFileException("provenance of " + names + " (expected: the constant one)");
        }
    }

    private static Stream<String> classNames(Message message) {
        return message.getDescriptorForType().getFields().stream()
                .filter(field -> field.getName().endsWith("class_name"))
                .map(field -> (String) message.getField(field));
    }
}
