package dev.laurel.definition;

import java.util.Arrays;
import java.util.Random;

/**
 * How likely the values of one hyperparameter are, by those that were seen: the mean of a uniform density over its range and a normal density
 * around each, cut off at the ends of the range. A normal density is as wide as the farther of the neighbours on both sides is away: Bergstra,
 * Bardenet, Bengio and Kegl, "Algorithms for hyper-parameter optimization" (2011), section 4.
 */
final class ParzenEstimator {
    /** No density is narrower than the range over this, or over the number of values and one. */
    private static final int NARROWEST = 100;

    private static final int TRIES = 100;
    private static final double ROOT_OF_TWO_PI = Math.sqrt(2 * Math.PI);

    private final double low;
    private final double high;
    private final double[] centres;
    private final double[] widths;
    /** The share of each normal density that is within the range. */
    private final double[] shares;

    /** @param seen values of {@code low..high} */
    ParzenEstimator(double low, double high, double[] seen) {
        this.low = low;
        this.high = high;
        this.centres = Arrays.stream(seen).sorted().toArray();
        this.widths = new double[seen.length];
        this.shares = new double[seen.length];
        double narrowest = (high - low) / Math.min(NARROWEST, seen.length + 1);
        for (int i = 0; i < widths.length; i++) {
            double left = centres[i] - (i == 0 ? low : centres[i - 1]);
            double right = (i == widths.length - 1 ? high : centres[i + 1]) - centres[i];
            widths[i] = Math.max(narrowest, Math.max(left, right));
            shares[i] = below((high - centres[i]) / widths[i]) - below((low - centres[i]) / widths[i]);
        }
    }

    /** One value, as likely as it is. */
    double draw(Random random) {
        int chosen = random.nextInt(centres.length + 1);
        if (chosen < centres.length) {
            for (int attempt = 0; attempt < TRIES; attempt++) {
                double drawn = centres[chosen] + widths[chosen] * normal(random);
                if (drawn >= low && drawn <= high) {
                    return drawn;
                }
            }
        }
        return low + random.nextDouble() * (high - low);
    }

    double logDensity(double value) {
        double sum = 1 / (high - low);
        for (int i = 0; i < centres.length; i++) {
            double away = (value - centres[i]) / widths[i];
            sum += StrictMath.exp(-away * away / 2) / (ROOT_OF_TWO_PI * widths[i] * shares[i]);
        }
        return StrictMath.log(sum / (centres.length + 1));
    }

    /** Box and Muller's: with StrictMath, the same on every machine. */
    private static double normal(Random random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }

    /** The normal distribution, to seven digits: Abramowitz and Stegun, "Handbook of mathematical functions" (1964), 26.2.17. */
    private static double below(double value) {
        double t = 1 / (1 + 0.2316419 * Math.abs(value));
        double polynomial =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        double beyond = StrictMath.exp(-value * value / 2) / ROOT_OF_TWO_PI * polynomial;
        return value < 0 ? beyond : 1 - beyond;
    }
}
