package dev.laurel.definition;

import dev.laurel.model.Experiment;
import java.util.List;

/** The experiments of a search, each of which may depend on what came of those before it. Holds no state: a search can go on anywhere. */
@FunctionalInterface
public interface Trials {
    /**
     * The next experiments, as far as they depend on nothing but the trials so far, so that they can be tried side by side; empty at the end.
     * The same history always has the same next.
     *
     * @param history all trials so far, in order
     */
    List<Experiment> next(List<Trial> history);

    /** These, whatever comes of them. */
    static Trials of(List<Experiment> experiments) {
        return history -> experiments.subList(Math.min(history.size(), experiments.size()), experiments.size());
    }
}
