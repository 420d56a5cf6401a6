package dev.laurel.search;

import dev.laurel.definition.Calibrate;
import dev.laurel.definition.Definition;
import dev.laurel.evaluation.Report.ExperimentResult;
import dev.laurel.learn.Calibration;
import dev.laurel.model.Experiment;
import dev.laurel.predictor.ModelFile;
import dev.laurel.split.Sides;
import dev.laurel.table.Table;
import dev.laurel.task.Predictions;
import dev.laurel.task.Task;
import java.util.List;
import java.util.function.Consumer;

/**
 * What came of trying the experiments of a definition.
 *
 * @param results in the order of the definition
 * @param best the chosen experiment, the best by the gate's metric on the validation rows, the first listed of equals; fitted on all rows
 *     that the split lets the kept model learn from
 * @param validation what the chosen experiment answered for the validation rows
 */
public record SearchOutcome(List<ExperimentResult> results, Fitted best, Predictions validation) {
    public SearchOutcome {
        results = List.copyOf(results);
    }

    /** The chosen model as it will be served. */
    public ModelFile modelFile() {
        return best.modelFile(validation);
    }

    public Experiment chosen() {
        return results.stream()
                .filter(ExperimentResult::chosen)
                .findFirst()
                .orElseThrow()
                .experiment();
    }

    /**
     * Looks at training and validation rows only. Trials run side by side; what comes out is what would if they ran one by one.
     *
     * @param observer is told each trial in its order, as soon as it and all before it are done
     */
    public static SearchOutcome run(
            Definition definition, Table table, Sides sides, Effort effort, Consumer<ExperimentResult> observer) {
        Task task = definition.target().task(table, sides.training());
        Folds folds = new Folds(definition, table, task, sides);
        Course course = new Course(folds, definition, effort, observer);
        course.run();
        Tried winner = course.winner();
        Fitted last = winner.last();
        Fitted best = sides.keepsTheFold() && last != null
                ? last
                : Lessons.of(definition, table, task, sides.training())
                        .fit(winner.outcome().experiment());
        Calibrate calibrate = definition.calibrate();
        if (calibrate == null || calibrate == Calibrate.PRIOR) {
            return new SearchOutcome(course.results(), best, winner.validation());
        }
        Fitted calibrated = best.calibrated(calibrate, winner.validation());
        return new SearchOutcome(
                course.results(), calibrated, Calibration.answers(calibrated.compiled(), winner.validation()));
    }
}
