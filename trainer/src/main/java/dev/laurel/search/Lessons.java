package dev.laurel.search;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Hyperparameters;
import dev.laurel.feature.FittedFeatures;
import dev.laurel.learn.Learners;
import dev.laurel.learn.Lesson;
import dev.laurel.model.Experiment;
import dev.laurel.predictor.Signature;
import dev.laurel.sample.Sample;
import dev.laurel.table.Table;
import dev.laurel.task.Task;

/**
 * Some training rows, ready for any number of experiments: their features are fitted on them, and on no others, once.
 *
 * @param filled the rows of the run with what is missing filled in
 */
record Lessons(Definition definition, Table table, Table filled, Task task, FittedFeatures features, Sample training) {

    static Lessons of(Definition definition, Table table, Task task, int[] training) {
        FittedFeatures features = FittedFeatures.fit(definition.features(), definition.fillings(), table, training);
        Table filled = features.filled(table);
        Sample sample = Sample.of(features, definition.target(), task, filled, table, training);
        task.expectLearnable(sample.truth());
        return new Lessons(definition, table, filled, task, features, sample);
    }

    Sample sample(int[] rows) {
        return Sample.of(features, definition.target(), task, filled, table, rows);
    }

    Fitted fit(Experiment experiment) {
        return new Fitted(
                definition,
                Signature.of(definition, table, features.outputs(), task),
                task,
                features,
                training,
                Learners.fit(
                        Hyperparameters.with(definition.trainer(), experiment),
                        new Lesson(training.vectors(), training.truth(), task),
                        definition.seed()));
    }
}
