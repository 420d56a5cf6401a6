package dev.laurel.model;

import java.util.Locale;

/** A number by which models are compared. */
public enum Metric {
    ACCURACY(true),
    PRECISION(true),
    RECALL(true),
    F1(true),
    AUC(true),
    LOG_LOSS(false),
    BRIER(false);

    private final boolean higherIsBetter;

    Metric(boolean higherIsBetter) {
        this.higherIsBetter = higherIsBetter;
    }

    /** How much better {@code challenger} is than {@code champion}; negative when it is worse. */
    public double gain(double challenger, double champion) {
        return higherIsBetter ? challenger - champion : champion - challenger;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
