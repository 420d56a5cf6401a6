package dev.laurel.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that there is to say about how a model is made: {@code models/<name>/model.yaml}. A new model is a new definition.
 *
 * @param schedule how long after its newest version a trainer that looks at all models makes the next one; absent: each time
 * @param retention which versions stay in the tree; absent for {@link Retention#DEFAULT}
 */
public record Definition(
        ModelName model,
        String description,
        Task task,
        @Nullable Schedule schedule,
        Source source,
        Target target,
        List<Feature> features,
        Split split,
        Trainer trainer,
        List<Experiment> experiments,
        long seed,
        Gate gate,
        @Nullable Retention retention) {
    public Definition {
        features = List.copyOf(features);
        experiments = List.copyOf(experiments);
        Expect.notBlank("description", description);
        Expect.notEmpty("features", features);
        Set<String> names = new HashSet<>();
        features.forEach(feature ->
                Expect.that(names.add(feature.name()), "features", feature.name(), "a name that no other feature has"));
        Expect.notEmpty("experiments", experiments);
        Expect.that(
                new HashSet<>(experiments).size() == experiments.size(), "experiments", experiments, "each one once");
        Expect.that(
                split.evaluation() >= gate.minimumRows(),
                "split.evaluation",
                split.evaluation(),
                "at least the gate's minimum_rows: " + gate.minimumRows());
    }

    public Retention effectiveRetention() {
        return retention == null ? Retention.DEFAULT : retention;
    }

    /** Rows before the first row of a window that its features need. */
    public int warmUp() {
        return features.stream().mapToInt(Feature::warmUp).max().orElse(0);
    }
}
