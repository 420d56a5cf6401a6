package dev.laurel.predictor;

import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Signature;
import java.util.List;

/** A decoded model that answers. Immutable; safe for many threads. */
public final class Predictor {
    /** Of the positive label; see {@link Signature#labels()}. */
    private static final int POSITIVE = 0;

    private final List<String> features;
    private final Compiled compiled;

    private Predictor(List<String> features, Compiled compiled) {
        this.features = features;
        this.compiled = compiled;
    }

    /**
     * Decodes the predictor of a model file.
     *
     * @throws InvalidModelFileException when it is broken or does not fit the signature
     */
    public static Predictor decode(ModelFile file) {
        return of(file.signature(), PredictorFormat.decode(file.predictor()));
    }

    /** @throws InvalidModelFileException when it does not fit the signature */
    public static Predictor of(Signature signature, Compiled compiled) {
        FlatReader.expect(
                compiled.inputs() == signature.features().size(),
                "%d inputs (expected those of the signature: %s)".formatted(compiled.inputs(), signature.features()));
        FlatReader.expect(
                compiled.outputs() == signature.labels().size(),
                "%d outputs (expected those of the signature: %s)".formatted(compiled.outputs(), signature.labels()));
        compiled.expectShares();
        return new Predictor(signature.features(), compiled);
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
        double[] scores = new double[compiled.outputs()];
        compiled.scores(vector, scores);
        // Shares that are rounded may add up to a little more.
        return Math.min(1, scores[POSITIVE]);
    }
}
