package dev.laurel.predictor;

import dev.laurel.model.InvalidValueException;
import dev.laurel.task.Answer;
import dev.laurel.task.Task;
import java.util.List;

/** A decoded model that answers. Immutable; safe for many threads. */
public final class Predictor {
    /** The probability from which on the positive label of two is the answer, where nobody says another. */
    public static final double USUAL_THRESHOLD = 0.5;

    private final List<String> features;
    private final Task task;
    private final Compiled compiled;

    private Predictor(Signature signature, Compiled compiled) {
        this.features = signature.features();
        this.task = signature.task();
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
                "%s inputs (expected those of the signature: %s)".formatted(compiled.inputs(), signature.features()));
        FlatReader.expect(
                compiled.outputs() == signature.task().outputs(),
                "%s outputs (expected those of the signature: %s)"
                        .formatted(compiled.outputs(), signature.task().outputNames()));
        if (signature.task().isOfLabels()) {
            compiled.expectShares();
        }
        return new Predictor(signature, compiled);
    }

    /**
     * One score for each label, a probability 0..1, or the value.
     *
     * @param vector the features in the order of the signature
     * @throws dev.laurel.model.InvalidValueException when a feature is missing or not finite
     */
    public double[] scores(double[] vector) {
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
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isFinite(scores[i])) {
                throw new InvalidValueException(
                        "answer", scores[i], "a finite number; are the features far beyond those of training?");
            }
            // Shares that are rounded may add up to a little more.
            if (task.isOfLabels()) {
                scores[i] = Math.min(1, scores[i]);
            }
        }
        return scores;
    }

    /** @param threshold the probability from which on the positive label of two is the answer */
    public Answer answer(double[] vector, double threshold) {
        return task.answer(scores(vector), threshold);
    }
}
