package dev.laurel.evaluation;

import dev.laurel.model.Expect;
import dev.laurel.model.Metric;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a model leans on each of its features: what a metric loses when the values of the feature are shuffled among the rows, and the
 * other features are not. Breiman, "Random Forests", Machine Learning 45 (2001), section 10; for any model Fisher, Rudin and Dominici, "All
 * Models are Wrong, but Many are Useful", JMLR 20 (2019).
 *
 * @param rows those of the evaluation rows that were shuffled
 * @param shuffles of each feature
 * @param leftOut features that were not measured, since there are very many
 * @param features the one that matters most first
 */
public record Importance(Metric metric, int rows, int shuffles, int leftOut, List<Loss> features) {

    /**
     * What the metric loses without one feature.
     *
     * @param loss the mean of the shuffles; negative where the model did better without it
     * @param interval over other rows and other shuffles; absent where there is none
     */
    public record Loss(
            String feature, double loss, @Nullable Interval interval) {}

    public Importance {
        Expect.range("rows", rows, 1, Integer.MAX_VALUE);
        Expect.range("shuffles", shuffles, 1, Integer.MAX_VALUE);
        features = features.stream()
                .sorted(Comparator.comparingDouble(feature -> -feature.loss()))
                .toList();
    }
}
