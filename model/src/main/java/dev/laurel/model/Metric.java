package dev.laurel.model;

import java.util.Locale;

/** A number by which models are compared. Those of classifications come first, then those of regressions. */
public enum Metric {
    ACCURACY(Better.HIGHER),
    BALANCED_ACCURACY(Better.HIGHER),
    PRECISION(Better.HIGHER),
    RECALL(Better.HIGHER),
    F1(Better.HIGHER),
    AUC(Better.HIGHER),
    PR_AUC(Better.HIGHER),
    LOG_LOSS(Better.LOWER),
    BRIER(Better.LOWER),
    CALIBRATION_ERROR(Better.LOWER),
    RMSE(Better.LOWER),
    MAE(Better.LOWER),
    MAPE(Better.LOWER),
    R2(Better.HIGHER),
    MEDIAN_ERROR(Better.LOWER),
    P90_ERROR(Better.LOWER),
    BIAS(Better.NEARER_ZERO);

    /** Which way is better. */
    public enum Better {
        HIGHER,
        LOWER,
        NEARER_ZERO
    }

    private final Better better;

    Metric(Better better) {
        this.better = better;
    }

    public Better better() {
        return better;
    }

    /** How much better {@code challenger} is than {@code champion}; negative when it is worse. */
    public double gain(double challenger, double champion) {
        return switch (better) {
            case HIGHER -> challenger - champion;
            case LOWER -> champion - challenger;
            case NEARER_ZERO -> Math.abs(champion) - Math.abs(challenger);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
