package dev.laurel.predictor;

import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Signature;
import java.util.List;
import org.tribuo.protos.core.ModelProto;

/** A decoded model that answers. Immutable; safe for many threads. */
public final class Predictor {
    private final List<String> features;
    private final Forest forest;

    private Predictor(List<String> features, Forest forest) {
        this.features = features;
        this.forest = forest;
    }

    /**
     * Decodes the predictor of a model file, after a check of every class that its protobuf names against the allow-list.
     *
     * @throws InvalidModelFileException when it is broken, names a class that is not allowed, or does not fit the signature
     */
    public static Predictor decode(ModelFile file) {
        Signature signature = file.signature();
        ModelProto checked = TribuoProtobuf.parse(file.predictor());
        return new Predictor(signature.features(), ForestCompiler.compile(TribuoProtobuf.load(checked), signature));
    }

    /**
     * The probability of the positive label, 0..1.
     *
     * @param vector the features in the order of the signature
     * @throws dev.laurel.model.InvalidValueException when a feature is missing or not finite
     */
    public double probability(double[] vector) {
        if (vector.length != features.size()) {
            throw new InvalidValueException("features", vector.length, features.size() + ": " + features);
        }
        for (int i = 0; i < vector.length; i++) {
            if (!Double.isFinite(vector[i])) {
                throw new InvalidValueException(features.get(i), vector[i], "a finite number");
            }
        }
        return forest.probability(vector);
    }
}
