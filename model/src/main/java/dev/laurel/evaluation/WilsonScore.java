package dev.laurel.evaluation;

import dev.laurel.model.Expect;
import java.util.Optional;

/**
 * The score interval of a share, without continuity correction: Wilson, "Probable inference, the law of succession, and statistical
 * inference", Journal of the American Statistical Association 22 (1927). It holds for few rows and for shares near 0 and 1 too, where
 * the textbook's {@code p +- 1.96 sqrt(p (1 - p) / n)} does not.
 */
public final class WilsonScore {
    /** The 97.5th percentile of the standard normal distribution. */
    private static final double Z = 1.959963984540054;

    private WilsonScore() {}

    /** The interval of {@code part / whole}; empty when the whole is 0, of which there is no share. */
    public static Optional<Interval> interval(int part, int whole) {
        Expect.range("part", part, 0, whole);
        if (whole == 0) {
            return Optional.empty();
        }
        double share = (double) part / whole;
        double weight = Z * Z / whole;
        double centre = (share + weight / 2) / (1 + weight);
        double reach = Z / (1 + weight) * Math.sqrt(share * (1 - share) / whole + weight / (4 * whole));
        // A share of 0 or 1 is a bound itself, whatever rounding says.
        return Optional.of(new Interval(part == 0 ? 0 : centre - reach, part == whole ? 1 : centre + reach));
    }
}
