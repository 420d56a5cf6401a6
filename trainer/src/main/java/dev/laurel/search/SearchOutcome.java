package dev.laurel.search;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Trial;
import dev.laurel.definition.Trials;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report.ExperimentResult;
import dev.laurel.model.Experiment;
import dev.laurel.model.Metric;
import dev.laurel.predictor.ModelFile;
import dev.laurel.sample.Sample;
import dev.laurel.split.Sides;
import dev.laurel.table.Table;
import dev.laurel.task.Predictions;
import dev.laurel.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came of trying every experiment of a definition.
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
     * Looks at training and validation rows only.
     *
     * @param observer is told the validation metrics of each experiment as soon as it is done
     */
    public static SearchOutcome run(
            Definition definition, Table table, Sides sides, BiConsumer<Experiment, Metrics> observer) {
        Task task = definition.target().task(table, sides.training());
        List<Lessons> folds = new ArrayList<>();
        List<Sample> validation = new ArrayList<>();
        for (Sides.Fold fold : sides.folds()) {
            Lessons lessons = Lessons.of(definition, table, task, fold.training());
            folds.add(lessons);
            validation.add(lessons.sample(fold.validation()));
        }
        Metric metric = definition.gate().metric();
        Trials trials = definition.trials();
        List<Trial> history = new ArrayList<>();
        List<Metrics> metrics = new ArrayList<>();
        int chosen = 0;
        @Nullable Fitted best = null;
        @Nullable Predictions validated = null;
        for (Optional<Experiment> next = trials.next(history); next.isPresent(); next = trials.next(history)) {
            Experiment experiment = next.get();
            int i = history.size();
            List<Predictions> answers = new ArrayList<>();
            @Nullable Fitted last = null;
            for (int fold = 0; fold < folds.size(); fold++) {
                last = folds.get(fold).fit(experiment);
                answers.add(last.predictions(validation.get(fold)));
            }
            Predictions together = together(task, answers);
            metrics.add(together.metrics());
            // Against 0, what is better by any metric is greater.
            history.add(new Trial(experiment, metric.gain(metrics.get(i).get(metric), 0)));
            observer.accept(experiment, metrics.get(i));
            if (best == null
                    || isBetter(metrics.get(i).get(metric), metrics.get(chosen).get(metric), metric)) {
                chosen = i;
                best = last;
                validated = together;
            }
        }
        int winner = chosen;
        List<ExperimentResult> results = IntStream.range(0, history.size())
                .mapToObj(i -> new ExperimentResult(history.get(i).experiment(), i == winner, metrics.get(i)))
                .toList();
        Fitted kept = Objects.requireNonNull(best, "a definition has at least one experiment");
        return new SearchOutcome(
                results,
                sides.keepsTheFold()
                        ? kept
                        : Lessons.of(definition, table, task, sides.training())
                                .fit(history.get(winner).experiment()),
                Objects.requireNonNull(validated));
    }

    private static Predictions together(Task task, List<Predictions> folds) {
        return new Predictions(
                task,
                folds.stream()
                        .flatMapToDouble(fold -> Arrays.stream(fold.truth()))
                        .toArray(),
                folds.stream().flatMap(fold -> Stream.of(fold.scores())).toArray(double[][]::new));
    }

    /** NaN, the AUC of rows with one label only, is worse than any number. */
    private static boolean isBetter(double score, double best, Metric metric) {
        return Double.isNaN(best) ? !Double.isNaN(score) : metric.gain(score, best) > 0;
    }
}
