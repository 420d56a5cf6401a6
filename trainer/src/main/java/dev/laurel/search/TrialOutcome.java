package dev.laurel.search;

import dev.laurel.definition.Trial;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report.ExperimentResult;
import dev.laurel.model.Experiment;
import dev.laurel.model.Metric;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a trial.
 *
 * @param validation its metrics; of one that was given up, those where that was
 * @param places where it was looked at on its way, in order
 * @param pruned after what it was given up; absent where it came to its end
 */
record TrialOutcome(
        Experiment experiment,
        Metrics validation,
        List<Place> places,
        @Nullable String pruned) {

    /**
     * How good a trial was when a part of it was done.
     *
     * @param fold counted from 0
     * @param parts of the fold that were done, as the trainer counts them; 0 where the fold was
     * @param score greater is better
     */
    record Place(int fold, int parts, double score) {
        boolean isAt(Place other) {
            return fold == other.fold && parts == other.parts;
        }

        /** @param unit in which the trainer counts parts; null where it shows none */
        String text(int folds, @Nullable String unit) {
            String done = parts == 0 ? "" : parts + " " + unit;
            String where = folds == 1 ? "" : "fold %s of %s".formatted(fold + 1, folds);
            return "after " + done + (done.isEmpty() || where.isEmpty() ? "" : " of ") + where;
        }
    }

    TrialOutcome {
        places = List.copyOf(places);
    }

    /** One that was given up is worse than any other. */
    Trial trial(Metric metric) {
        return new Trial(experiment, pruned == null ? score(validation, metric) : Double.NaN);
    }

    /** Against 0, what is better by any metric is greater. */
    static double score(Metrics metrics, Metric metric) {
        return metric.gain(metrics.get(metric), 0);
    }

    ExperimentResult result(boolean chosen) {
        return new ExperimentResult(experiment, chosen, validation, pruned);
    }
}
