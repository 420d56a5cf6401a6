package dev.laurel.model;

import java.util.Locale;

/** A number by which models are compared. Those of classifications come first, then those of regressions. */
public enum Metric {
    @Says("The share of right answers. Higher is better.")
    ACCURACY(Better.HIGHER),
    @Says("The mean of the labels' shares of right answers. Higher is better.")
    BALANCED_ACCURACY(Better.HIGHER),
    @Says(
            "The share of true positives among those answered positive; the mean of the labels where there are more than two. Higher is better.")
    PRECISION(Better.HIGHER),
    @Says(
            "The share of true positives among those that are positive; the mean of the labels where there are more than two. Higher is better.")
    RECALL(Better.HIGHER),
    @Says("The harmonic mean of precision and recall. Higher is better.")
    F1(Better.HIGHER),
    @Says("The area below the ROC curve; one against the rest with more than two labels. Higher is better.")
    AUC(Better.HIGHER),
    @Says(
            "The area below the curve of precision and recall; tells more than AUC where one label is rare. Higher is better.")
    PR_AUC(Better.HIGHER),
    @Says("The mean of -ln of the probability of the true label. Lower is better.")
    LOG_LOSS(Better.LOWER),
    @Says("The mean squared error of the probabilities. Lower is better.")
    BRIER(Better.LOWER),
    @Says("How far probabilities lie from the shares that came true. Lower is better.")
    CALIBRATION_ERROR(Better.LOWER),
    @Says("The root of the mean of squared errors, in the unit of the target. Lower is better.")
    RMSE(Better.LOWER),
    @Says("The mean of the sizes of errors, in the unit of the target. Lower is better.")
    MAE(Better.LOWER),
    @Says(
            "The mean of the sizes of errors as shares of the true values; says nothing where some of these are 0, and is huge then. Lower is better.")
    MAPE(Better.LOWER),
    @Says("The share of the variance that is explained. Higher is better.")
    R2(Better.HIGHER),
    @Says("The median of the sizes of errors, in the unit of the target. Lower is better.")
    MEDIAN_ERROR(Better.LOWER),
    @Says("The size of error that nine of ten rows stay below, in the unit of the target. Lower is better.")
    P90_ERROR(Better.LOWER),
    @Says("The mean error, in the unit of the target. Nearer to 0 is better.")
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
