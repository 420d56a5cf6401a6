package dev.laurel.definition;

import dev.laurel.model.Experiment;
import java.util.List;
import java.util.Optional;

/** The experiments of a search, each of which may depend on what came of those before it. Holds no state: a search can go on anywhere. */
@FunctionalInterface
public interface Trials {
    /**
     * The next experiment; empty at the end. The same history always has the same next.
     *
     * @param history all trials so far, in order
     */
    Optional<Experiment> next(List<Trial> history);

    /** These, whatever comes of them. */
    static Trials of(List<Experiment> experiments) {
        return history ->
                history.size() < experiments.size() ? Optional.of(experiments.get(history.size())) : Optional.empty();
    }
}
