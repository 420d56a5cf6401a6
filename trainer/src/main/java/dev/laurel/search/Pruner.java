package dev.laurel.search;

import dev.laurel.search.TrialOutcome.Place;
import java.util.List;

/**
 * The median stopping rule: a trial is given up where it is worse than the median of the trials before it at the same place. Golovin, Solnik,
 * Moitra, Kochanski, Karro and Sculley, "Google Vizier: a service for black-box optimization" (2017), section 3.2. Which trials count as
 * before does not depend on the number of cores: those of the blocks before.
 */
final class Pruner {
    /** Trials that run side by side know nothing of each other. */
    static final int BLOCK = 8;

    private final List<TrialOutcome> before;

    /** @param before all trials of the blocks before; without them none is given up */
    Pruner(List<TrialOutcome> before) {
        this.before = List.copyOf(before);
    }

    boolean goesOn(Place place) {
        double[] others = before.stream()
                .flatMap(outcome -> outcome.places().stream())
                .filter(place::isAt)
                .mapToDouble(Place::score)
                .filter(score -> !Double.isNaN(score))
                .sorted()
                .toArray();
        int half = others.length / 2;
        // Written so that NaN, the AUC of rows with one label only, is no reason to give up.
        return others.length < BLOCK / 2
                || !(place.score() < (others.length % 2 == 1 ? others[half] : (others[half - 1] + others[half]) / 2));
    }
}
