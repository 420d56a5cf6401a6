package dev.laurel.drift;

import dev.laurel.model.Expect;

/**
 * When a difference is called drift: it has to be more than chance, and large enough to matter. So a huge file does not drift by a hair,
 * and a handful of rows not by luck.
 *
 * @param significance the share of inputs without drift in which some is found all the same, 0..1
 * @param distance the least difference that matters: the largest difference of the shares below any number (Kolmogorov-Smirnov), or half
 *     the sum of the differences of the shares of words (total variation), 0..1
 * @param missing the least change of the share of missing values that matters, 0..1
 * @param visible the difference that has to be visible before "no drift" is said, 0..1; half a deviation of a normal distribution is 0.197
 * @param fewestRows below which nothing is said at all
 */
public record DriftRules(double significance, double distance, double missing, double visible, int fewestRows) {
    public static final DriftRules USUAL = new DriftRules(0.01, 0.1, 0.05, 0.2, 8);

    public DriftRules {
        Expect.that(significance > 0 && significance < 0.5, "significance", significance, "0..0.5");
        Expect.range("distance", distance, 0.0, 1.0);
        Expect.range("missing", missing, 0.0, 1.0);
        Expect.that(visible > 0 && visible <= 1, "visible", visible, "0..1");
        Expect.range("fewest_rows", fewestRows, 1, 1_000_000);
    }

    /**
     * How many rows it takes to see a difference of {@link #visible} beside the chance of so many tests, by the first term of Smirnov's
     * limit: {@code 2 exp(-2 d^2 nm/(n+m))} has to be below {@code significance / tests}.
     *
     * @param reference rows of the profile
     * @return {@link Long#MAX_VALUE} where no number is enough, since the profile has too few rows itself
     */
    long needed(long reference, int tests) {
        double together = Math.log(2 * Math.max(1, tests) / significance) / (2 * visible * visible);
        return reference <= together
                ? Long.MAX_VALUE
                : Math.max(fewestRows, (long) Math.ceil(together * reference / (reference - together)));
    }
}
