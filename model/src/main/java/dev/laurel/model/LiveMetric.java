package dev.laurel.model;

import java.util.Locale;

/** How right a version was on live traffic, from sums that add up over servers. */
public enum LiveMetric {
    @Says("The share of right answers; of labels. Higher is better.")
    ACCURACY,
    @Says("The mean of the sizes of errors, in the unit of the target; of values. Lower is better.")
    MAE,
    @Says("The root of the mean of squared errors, in the unit of the target; of values. Lower is better.")
    RMSE;

    public boolean isOfLabels() {
        return this == ACCURACY;
    }

    /**
     * @param rows at least 1
     * @param right of labels, how many were right
     * @param absolute of values, the sum of the sizes of errors
     * @param squares of values, the sum of squared errors
     */
    public double value(long rows, long right, double absolute, double squares) {
        return switch (this) {
            case ACCURACY -> (double) right / rows;
            case MAE -> absolute / rows;
            case RMSE -> Math.sqrt(squares / rows);
        };
    }

    /** By how much a value is worse than another one; negative where it is better. */
    public double worseBy(double value, double than) {
        return isOfLabels() ? than - value : value - than;
    }

    /** As it is written. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
