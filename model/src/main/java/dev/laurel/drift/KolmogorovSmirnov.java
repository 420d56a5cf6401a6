package dev.laurel.drift;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * The test of Kolmogorov and Smirnov for two samples that were counted in the same cells: whether they come from one distribution. Since
 * both are compared between cells only, what is equal within a cell does no harm, and the level is that of the cells, not of a continuous
 * distribution that nobody has.
 */
final class KolmogorovSmirnov {
    /** Steps of the exact computation: some tens of milliseconds. */
    private static final long MOST_STEPS = 30_000_000;
    /** Below it nobody asks how small it is. */
    private static final double NOTHING = 1e-10;
    /** Beyond so many deviations from the mean a binomial distribution adds nothing that a double holds. */
    private static final double FAR = 9;
    /** Distances that are equal on paper. */
    private static final double SAME = 1e-12;

    private KolmogorovSmirnov() {}

    /** The largest difference between the shares of both below any edge, 0..1; 0 where one is empty. */
    static double distance(long[] one, long[] other) {
        long n = sum(one);
        long m = sum(other);
        if (n == 0 || m == 0) {
            return 0;
        }
        double largest = 0;
        long belowOne = 0;
        long belowOther = 0;
        for (int cell = 0; cell < one.length; cell++) {
            belowOne += one[cell];
            belowOther += other[cell];
            largest = Math.max(largest, Math.abs((double) belowOne / n - (double) belowOther / m));
        }
        return largest;
    }

    /**
     * How likely it is that two samples of one distribution differ by at least as much, given how many of both together lie in each cell:
     * 1 where one is empty. By counting paths, as Hodges, "The significance probability of the Smirnov two-sample test" (1958), with the
     * paths looked at where cells end, as Schröer and Trenkler, "Exact and randomization distributions of Kolmogorov-Smirnov tests two or
     * three samples" (1995), do for ties. Where that would take long, by the limit of Smirnov, "Table for estimating the goodness of fit
     * of empirical distributions" (1948), which is too careful by a little for few cells.
     */
    static double p(long[] one, long[] other) {
        long n = Math.min(sum(one), sum(other));
        long m = Math.max(sum(one), sum(other));
        double distance = distance(one, other);
        if (n == 0 || distance <= SAME) {
            return 1;
        }
        double limit = limit(distance, (double) n, (double) m);
        if (limit < NOTHING || n > Integer.MAX_VALUE / 2) {
            return limit;
        }
        double exact = exact(pooled(one, other), (int) n, m, distance);
        return Double.isNaN(exact) ? limit : Math.min(1, Math.max(exact, 0));
    }

    /** Smirnov's limit for large samples. */
    static double limit(double distance, double n, double m) {
        double lambda = Math.sqrt(n * m / (n + m)) * distance;
        double sum = 0;
        double sign = 2;
        for (int k = 1; k <= 100; k++) {
            double term = Math.exp(-2 * k * k * lambda * lambda);
            sum += sign * term;
            sign = -sign;
            if (term < 1e-17) {
                break;
            }
        }
        return Math.min(1, Math.max(0, sum));
    }

    private static long[] pooled(long[] one, long[] other) {
        long[] pooled = new long[one.length];
        for (int cell = 0; cell < one.length; cell++) {
            pooled[cell] = one[cell] + other[cell];
        }
        return pooled;
    }

    /**
     * The share of all ways to choose the smaller sample from both for which the distance reaches the one that was found. Each cell gives a
     * binomial number of its values to the smaller sample, and a way is one whose numbers come to its size; NaN where it would take long.
     */
    private static double exact(long[] pooled, int n, long m, double distance) {
        double share = (double) n / (n + m);
        double[] ways = {1};
        int from = 0;
        long before = 0;
        long steps = 0;
        for (long size : pooled) {
            if (size == 0) {
                continue;
            }
            double deviation = Math.sqrt(size * share * (1 - share));
            long least = Math.max(0, (long) Math.floor(size * share - FAR * deviation - FAR));
            int most = (int) Math.min(Math.min(size, n), (long) Math.ceil(size * share + FAR * deviation + FAR));
            double[] taken = binomial(size, share, (int) least, most);
            before += size;
            long low = Math.max(from + least, before - m);
            long high = Math.min(Math.min((long) from + ways.length - 1 + most, n), before);
            // Where the smaller sample's share lies so near to the larger one's that the distance is not reached.
            double middle = before * share;
            double band = distance * n * (1 - share) + 1;
            low = Math.max(low, (long) Math.floor(middle - band));
            high = Math.min(high, (long) Math.ceil(middle + band));
            if (high < low) {
                return 1;
            }
            steps += (high - low + 1) * Math.min(taken.length, ways.length);
            if (steps > MOST_STEPS) {
                return Double.NaN;
            }
            double[] next = new double[(int) (high - low + 1)];
            for (int i = 0; i < next.length; i++) {
                long chosen = low + i;
                if (Math.abs((double) chosen / n - (double) (before - chosen) / m) < distance - SAME) {
                    next[i] = sum(ways, from, taken, (int) least, (int) chosen);
                }
            }
            ways = next;
            from = (int) low;
        }
        double all = binomial(n + m, share, n, n)[0];
        int end = n - from;
        return end < 0 || end >= ways.length ? 1 : 1 - ways[end] / all;
    }

    private static double sum(double[] ways, int from, double[] taken, int least, int chosen) {
        double sum = 0;
        int first = Math.max(0, chosen - least - taken.length + 1 - from);
        int last = Math.min(ways.length - 1, chosen - least - from);
        for (int i = first; i <= last; i++) {
            sum += ways[i] * taken[chosen - least - from - i];
        }
        return sum;
    }

    /** The probabilities of {@code least..most} of {@code size} with that share each. */
    private static double[] binomial(long size, double share, int least, int most) {
        double[] logarithms = new double[most - least + 1];
        double logarithm = LogGamma.value(size + 1.0)
                - LogGamma.value(least + 1.0)
                - LogGamma.value(size - least + 1.0)
                + least * Math.log(share)
                + (size - least) * Math.log1p(-share);
        double odds = Math.log(share) - Math.log1p(-share);
        for (int i = 0; i < logarithms.length; i++) {
            logarithms[i] = logarithm;
            long next = least + i + 1L;
            if (next <= size) {
                logarithm += odds + Math.log((double) (size - next + 1) / next);
            }
        }
        return Arrays.stream(logarithms).map(Math::exp).toArray();
    }

    static long sum(long[] counts) {
        return Arrays.stream(counts).sum();
    }
}
