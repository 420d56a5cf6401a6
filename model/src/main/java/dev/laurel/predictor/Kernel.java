package dev.laurel.predictor;

/**
 * How alike two vectors are for {@link SupportVectors}.
 *
 * @param gamma above 0 for {@code exp(-gamma |a - b|^2)}, the radial basis function; 0 for the product of the two
 */
public record Kernel(double gamma) {
    /** The product of two vectors. */
    public static final Kernel LINEAR = new Kernel(0);

    public Kernel {
        FlatReader.expect(
                gamma >= 0 && gamma <= Double.MAX_VALUE,
                "gamma %s (expected: a finite number from 0)".formatted(gamma));
    }

    /**
     * Of the vectors of {@code length} numbers that begin at a place of each array. Sums in the order of the numbers, and with
     * {@code StrictMath}, so that every machine learns and answers the same.
     */
    public double of(double[] left, int atLeft, double[] right, int atRight, int length) {
        double sum = 0;
        if (gamma == 0) {
            for (int i = 0; i < length; i++) {
                sum += left[atLeft + i] * right[atRight + i];
            }
            return sum;
        }
        for (int i = 0; i < length; i++) {
            double difference = left[atLeft + i] - right[atRight + i];
            sum += difference * difference;
        }
        return StrictMath.exp(-gamma * sum);
    }
}
