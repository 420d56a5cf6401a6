package dev.laurel.definition;

import dev.laurel.model.Says;

/** Which of the candidates of runs become versions, and which versions of one day stay beside each other. */
public enum Keep {
    @Says("Every one; the rejected ones too, with the reason in their reports.")
    ALL,
    @Says("Those that pass the gate. A run whose candidate is rejected writes nothing.")
    PASSED,
    @Says("Every one, and of those of one day, in UTC, only the best stays in the tree once a newer one stands.")
    BEST_OF_DAY
}
