package dev.laurel.definition;

import dev.laurel.model.Says;

/** How probabilities are made to mean what they say. What each does stands in {@code Calibration}. */
public enum Calibrate {
    @Says(
            "Exactly for what balance changed: each probability times the share that its label had before, over the one that it had after (Elkan 2001). Learns nothing from rows.")
    PRIOR,
    @Says(
            "By a curve with two numbers over the log-odds, fitted to the answers for the validation rows (Platt 1999). For few rows.")
    SIGMOID,
    @Says(
            "By rising steps, fitted to the answers for the validation rows (Zadrozny and Elkan 2002). For a thousand rows or more.")
    ISOTONIC
}
