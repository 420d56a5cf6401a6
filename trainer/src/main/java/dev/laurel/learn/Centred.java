package dev.laurel.learn;

/**
 * A column of numbers without its mean. Linear models are fitted on such columns, where the best intercept is 0.
 *
 * @param deviations of each row from the mean; all 0 where they are no more than rounding
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Centred(double mean, double[] deviations) {
    /**
     * A column that varies by less, beside its largest value, is constant: some sum of decimals with other last digits.
     */
    private static final double ROUNDING = 1e-13;

    static Centred[] columns(double[][] vectors) {
        Centred[] columns = new Centred[vectors[0].length];
        for (int feature = 0; feature < columns.length; feature++) {
            double[] column = new double[vectors.length];
            for (int row = 0; row < column.length; row++) {
                column[row] = vectors[row][feature];
            }
            columns[feature] = of(column);
        }
        return columns;
    }

    static Centred of(double[] column) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (double value : column) {
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        double mean = mean(column);
        double[] deviations = new double[column.length];
        if (highest - lowest > ROUNDING * Math.max(Math.abs(lowest), Math.abs(highest))) {
            for (int row = 0; row < column.length; row++) {
                deviations[row] = column[row] - mean;
            }
        }
        return new Centred(mean, deviations);
    }

    /** In two rounds, of which the second takes back what the first lost to rounding. */
    static double mean(double[] column) {
        double sum = 0;
        for (double value : column) {
            sum += value;
        }
        double mean = sum / column.length;
        double rest = 0;
        for (double value : column) {
            rest += value - mean;
        }
        return mean + rest / column.length;
    }

    static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
