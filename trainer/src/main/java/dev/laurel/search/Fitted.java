package dev.laurel.search;

import dev.laurel.definition.Calibrate;
import dev.laurel.definition.Definition;
import dev.laurel.drift.Profiles;
import dev.laurel.feature.FittedFeatures;
import dev.laurel.learn.Calibration;
import dev.laurel.predictor.Compiled;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Predictor;
import dev.laurel.predictor.PredictorFormat;
import dev.laurel.predictor.Signature;
import dev.laurel.sample.Sample;
import dev.laurel.task.Predictions;
import dev.laurel.task.Task;

/**
 * A model with the rows that it learned from.
 *
 * @param training what it learned from
 */
public record Fitted(
        Definition definition,
        Signature signature,
        Task task,
        FittedFeatures features,
        Sample training,
        Compiled compiled) {

    /** What it answers for other rows, as a server will compute it. */
    Predictions predictions(Sample sample) {
        Predictor predictor = Predictor.of(signature, compiled);
        return sample.predictions(task, predictor::scores);
    }

    /** With curves that are fitted to answers for rows that neither this model nor one like it learned from. */
    Fitted calibrated(Calibrate kind, Predictions answers) {
        return new Fitted(definition, signature, task, features, training, Calibration.of(kind, compiled, answers));
    }

    public ModelFile modelFile() {
        return new ModelFile(
                definition,
                signature,
                features.state(),
                Profiles.of(signature.features(), training.vectors(), task, training.truth()),
                PredictorFormat.encode(compiled));
    }
}
