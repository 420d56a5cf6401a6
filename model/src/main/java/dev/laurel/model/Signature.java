package dev.laurel.model;

import java.util.List;

/**
 * What goes into a model and what comes out.
 *
 * @param columns the columns of the source that the features are computed from
 * @param warmUp rows before the predicted one that the features need
 * @param features the inputs of the predictor, in order
 * @param positive the label whose probability is called the confidence
 */
public record Signature(List<String> columns, int warmUp, List<String> features, String positive, String negative) {
    public Signature {
        columns = List.copyOf(columns);
        features = List.copyOf(features);
    }

    /** What a predictor answers for, in the order of its outputs. */
    public List<String> labels() {
        return List.of(positive, negative);
    }

    public static Signature of(Definition definition) {
        return new Signature(
                definition.features().stream()
                        .map(Feature::column)
                        .distinct()
                        .sorted()
                        .toList(),
                definition.warmUp(),
                definition.features().stream().map(Feature::name).toList(),
                definition.target().up(),
                definition.target().down());
    }
}
