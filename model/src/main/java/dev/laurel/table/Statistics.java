package dev.laurel.table;

/** Numbers that say something about other numbers. */
public final class Statistics {
    private Statistics() {}

    /** At least one value. */
    public static double mean(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        return mean;
    }

    /** Of a sample, with the divisor {@code n - 1}; 0 for one value. */
    public static double standardDeviation(double[] values) {
        // The mean of values that are all the same is not always the very value.
        if (!vary(values)) {
            return 0;
        }
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1));
    }

    /** Whether there are two different values. */
    public static boolean vary(double[] values) {
        for (double value : values) {
            if (value != values[0]) {
                return true;
            }
        }
        return false;
    }

    /** Linear interpolation between order statistics: type 7 of Hyndman and Fan, "Sample quantiles in statistical packages" (1996). */
    public static double quantile(double[] sorted, double p) {
        double position = p * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
