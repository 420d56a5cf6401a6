package dev.laurel.search;

import dev.laurel.definition.Calibrate;
import dev.laurel.definition.Definition;
import dev.laurel.drift.Profile.ColumnProfile;
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
import java.util.Arrays;
import java.util.List;

/**
 * A model with the rows that it learned from.
 *
 * @param training what it learned from
 * @param columns what the columns of the source have in those rows
 */
public record Fitted(
        Definition definition,
        Signature signature,
        Task task,
        FittedFeatures features,
        Sample training,
        List<ColumnProfile> columns,
        Compiled compiled) {

    /** What it answers for other rows, as a server will compute it. */
    Predictions predictions(Sample sample) {
        Predictor predictor = Predictor.of(signature, compiled);
        return sample.predictions(task, predictor::scores);
    }

    /** With curves that are fitted to answers for rows that neither this model nor one like it learned from. */
    Fitted calibrated(Calibrate kind, Predictions answers) {
        return new Fitted(
                definition, signature, task, features, training, columns, Calibration.of(kind, compiled, answers));
    }

    /** @param unlearned what it answered, or one like it did, for rows that it did not learn from */
    ModelFile modelFile(Predictions unlearned) {
        return new ModelFile(
                definition,
                signature,
                features.state(),
                Profiles.of(
                        signature.features(),
                        features.outputsOfNumbers(),
                        training.vectors(),
                        task,
                        training.truth(),
                        columns,
                        Arrays.stream(unlearned.scores())
                                .map(scores -> task.answer(scores, Predictor.USUAL_THRESHOLD))
                                .toList()),
                PredictorFormat.encode(compiled));
    }
}
