package dev.laurel.definition;

/** Which of the candidates of runs become versions, and which versions of one day stay beside each other. */
public enum Keep {
    /** Every one; the rejected ones too, with the reason in their reports. */
    ALL,
    /** Those that pass the gate. A run whose candidate is rejected writes nothing. */
    PASSED,
    /** Every one, and of those of one day, in UTC, only the best stays in the tree once a newer one stands. */
    BEST_OF_DAY
}
