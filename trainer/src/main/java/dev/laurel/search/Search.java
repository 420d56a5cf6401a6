package dev.laurel.search;

import dev.laurel.judge.Sample;
import dev.laurel.learn.Fitted;
import dev.laurel.definition.Experiment;
import dev.laurel.model.Metric;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report.ExperimentResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What came of trying every experiment of a definition.
 *
 * @param results in the order of the definition
 * @param best the chosen experiment: the best by its metric on the validation rows, the first listed of equals
 */
public record Search(List<ExperimentResult> results, Fitted best) {
    public Search {
        results = List.copyOf(results);
    }

    public Experiment chosen() {
        return results.stream()
                .filter(ExperimentResult::chosen)
                .findFirst()
                .orElseThrow()
                .experiment();
    }

    /**
     * @param fit fits one experiment on the training rows
     * @param observer is told the validation metrics of each experiment as soon as it is done
     */
    public static Search run(
            List<Experiment> experiments,
            Function<Experiment, Fitted> fit,
            Sample validation,
            Metric metric,
            BiConsumer<Experiment, Metrics> observer) {
        List<Metrics> metrics = new ArrayList<>();
        int chosen = 0;
        @Nullable Fitted best = null;
        for (int i = 0; i < experiments.size(); i++) {
            Fitted fitted = fit.apply(experiments.get(i));
            metrics.add(validation.predictions(fitted::probability).metrics());
            observer.accept(experiments.get(i), metrics.get(i));
            if (best == null
                    || isBetter(metrics.get(i).get(metric), metrics.get(chosen).get(metric), metric)) {
                chosen = i;
                best = fitted;
            }
        }
        int winner = chosen;
        List<ExperimentResult> results = IntStream.range(0, experiments.size())
                .mapToObj(i -> new ExperimentResult(experiments.get(i), i == winner, metrics.get(i)))
                .toList();
        return new Search(results, Objects.requireNonNull(best, "a definition has at least one experiment"));
    }

    /** NaN, the AUC of rows with one label only, is worse than any number. */
    private static boolean isBetter(double score, double best, Metric metric) {
        return Double.isNaN(best) ? !Double.isNaN(score) : metric.gain(score, best) > 0;
    }
}
