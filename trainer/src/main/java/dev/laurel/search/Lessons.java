package dev.laurel.search;

import dev.laurel.definition.Balance;
import dev.laurel.definition.Calibrate;
import dev.laurel.definition.Definition;
import dev.laurel.definition.Hyperparameters;
import dev.laurel.drift.Profile.ColumnProfile;
import dev.laurel.drift.Profiles;
import dev.laurel.feature.FittedFeatures;
import dev.laurel.learn.Balancing;
import dev.laurel.learn.Calibration;
import dev.laurel.learn.Checkpoint;
import dev.laurel.learn.Learners;
import dev.laurel.learn.Lesson;
import dev.laurel.model.Experiment;
import dev.laurel.predictor.Compiled;
import dev.laurel.predictor.Signature;
import dev.laurel.sample.Sample;
import dev.laurel.table.Table;
import dev.laurel.task.Task;
import java.util.List;
import java.util.Optional;

/**
 * Some training rows, ready for any number of experiments: their features are fitted on them, and on no others, once.
 *
 * @param filled the rows of the run with what is missing filled in
 * @param training the rows as they are, of which the profile is
 * @param columns what the columns of the source have in them
 * @param before what there is to learn from them
 * @param lesson what experiments learn from: these rows, or more of them where the definition balances labels
 */
record Lessons(
        Definition definition,
        Table table,
        Table filled,
        Task task,
        FittedFeatures features,
        Sample training,
        List<ColumnProfile> columns,
        Lesson before,
        Lesson lesson) {

    static Lessons of(Definition definition, Table table, Task task, int[] training) {
        FittedFeatures features = FittedFeatures.fit(definition.features(), definition.fillings(), table, training);
        Table filled = features.filled(table);
        Sample sample = Sample.of(features, definition.target(), task, filled, table, training);
        task.expectLearnable(sample.truth());
        Lesson lesson = new Lesson(sample.vectors(), sample.truth(), task);
        Balance balance = definition.balance();
        return new Lessons(
                definition,
                table,
                filled,
                task,
                features,
                sample,
                Signature.of(definition, table, features.outputs(), task).columnNames().stream()
                        .map(column -> Profiles.column(table, column, training))
                        .toList(),
                lesson,
                balance == null ? lesson : Balancing.balanced(balance, lesson, definition.seed()));
    }

    Sample sample(int[] rows) {
        return Sample.of(features, definition.target(), task, filled, table, rows);
    }

    Fitted fit(Experiment experiment) {
        return fit(experiment, Checkpoint.NONE).orElseThrow();
    }

    /** Empty when the checkpoint gave it up. */
    Optional<Fitted> fit(Experiment experiment, Checkpoint checkpoint) {
        return Learners.fit(
                        Hyperparameters.with(definition.trainer(), experiment), lesson, definition.seed(), checkpoint)
                .map(this::fitted);
    }

    Fitted fitted(Compiled compiled) {
        return new Fitted(
                definition,
                Signature.of(definition, table, features.outputs(), task),
                task,
                features,
                training,
                columns,
                definition.calibrate() == Calibrate.PRIOR ? Calibration.ofPriors(compiled, before, lesson) : compiled);
    }
}
