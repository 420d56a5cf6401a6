package dev.laurel.drift;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * Pearson's chi-squared test of homogeneity: whether two samples of categories come from one distribution. Where a category is expected
 * fewer than five times in one of them the distribution of chi-squared does not hold (Cochran, "Some methods for strengthening the common
 * chi-squared tests", 1954), and samples with the same totals are drawn instead.
 */
final class Homogeneity {
    private static final double FEWEST_EXPECTED = 5;
    /** Drawn samples, so that the least probability is small enough beside hundreds of other columns. */
    private static final int DRAWN = 20_000;
    /** So many draws at least as far apart decide: Besag and Clifford, "Sequential Monte Carlo p-values" (1991). */
    private static final int ENOUGH = 50;
    /** Of a larger sample rare categories are put together: to draw it would take long. */
    private static final long MOST_TO_DRAW = 2_000;
    /** The same samples always give the same answer. */
    private static final long SEED = 1;

    private static final double SAME = 1e-9;

    private Homogeneity() {}

    /** The sum over both samples of the squared differences from what is expected, over it; 0 where one is empty. */
    static double statistic(long[] one, long[] other) {
        double n = KolmogorovSmirnov.sum(one);
        double m = KolmogorovSmirnov.sum(other);
        if (n == 0 || m == 0) {
            return 0;
        }
        double sum = 0;
        for (int category = 0; category < one.length; category++) {
            double both = one[category] + other[category];
            if (both > 0) {
                double difference = one[category] / n - other[category] / m;
                sum += difference * difference / both;
            }
        }
        return n * m * sum;
    }

    /** How likely it is that two samples of one distribution differ by at least as much; 1 where there are less than two categories, or one is empty. */
    static double p(long[] one, long[] other) {
        int[] present = IntStream.range(0, one.length)
                .filter(category -> one[category] + other[category] > 0)
                .toArray();
        long n = KolmogorovSmirnov.sum(one);
        long m = KolmogorovSmirnov.sum(other);
        if (present.length < 2 || n == 0 || m == 0) {
            return 1;
        }
        long[] a = IntStream.of(present).mapToLong(category -> one[category]).toArray();
        long[] b = IntStream.of(present).mapToLong(category -> other[category]).toArray();
        if (isExpectedOftenEnough(a, b)) {
            return ofDistribution(a, b);
        }
        // Of two categories each way to draw them can be counted.
        if (a.length == 2) {
            return KolmogorovSmirnov.p(a, b);
        }
        if (Math.min(n, m) > MOST_TO_DRAW) {
            return ofGroups(a, b);
        }
        return n <= m ? drawn(a, b) : drawn(b, a);
    }

    private static boolean isExpectedOftenEnough(long[] one, long[] other) {
        double share = smallerShare(one, other);
        return IntStream.range(0, one.length).noneMatch(category -> isRare(one[category] + other[category], share));
    }

    /** @param both how often it is in both samples together */
    private static boolean isRare(long both, double smallerShare) {
        return both * smallerShare < FEWEST_EXPECTED;
    }

    private static double smallerShare(long[] one, long[] other) {
        double n = KolmogorovSmirnov.sum(one);
        double m = KolmogorovSmirnov.sum(other);
        return Math.min(n, m) / (n + m);
    }

    /**
     * The p of both with rare categories put together, no more of them than are frequent enough; what is left of them goes to the one before.
     * What goes where depends on both samples together only, so that the level stays.
     */
    private static double ofGroups(long[] one, long[] other) {
        double share = smallerShare(one, other);
        int[] rareLast = IntStream.range(0, one.length)
                .boxed()
                .sorted(Comparator.comparing(category -> isRare(one[category] + other[category], share)))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] groups = new int[one.length];
        int closed = 0;
        long open = 0;
        for (int category : rareLast) {
            groups[category] = closed;
            open += one[category] + other[category];
            if (!isRare(open, share)) {
                closed++;
                open = 0;
            }
        }
        int last = Math.max(0, closed - 1);
        return p(grouped(one, groups, last), grouped(other, groups, last));
    }

    private static long[] grouped(long[] counts, int[] groups, int last) {
        long[] sums = new long[last + 1];
        for (int category = 0; category < counts.length; category++) {
            sums[Math.min(last, groups[category])] += counts[category];
        }
        return sums;
    }

    private static double ofDistribution(long[] one, long[] other) {
        return RegularizedGamma.Q.value((one.length - 1) / 2.0, statistic(one, other) / 2);
    }

    /** By drawing the smaller sample out of both together, without putting back. */
    private static double drawn(long[] smaller, long[] larger) {
        double found = statistic(smaller, larger) * (1 - SAME);
        long[] both = IntStream.range(0, smaller.length)
                .mapToLong(category -> smaller[category] + larger[category])
                .toArray();
        int size = (int) KolmogorovSmirnov.sum(smaller);
        Random random = new Random(SEED);
        int asFar = 0;
        for (int draw = 1; draw <= DRAWN; draw++) {
            long[] rest = both.clone();
            long left = KolmogorovSmirnov.sum(rest);
            long[] taken = new long[both.length];
            for (int i = 0; i < size; i++) {
                int category = at(rest, (long) (random.nextDouble() * left));
                rest[category]--;
                taken[category]++;
                left--;
            }
            asFar += statistic(taken, rest) >= found ? 1 : 0;
            if (asFar == ENOUGH) {
                return (double) ENOUGH / draw;
            }
        }
        return (asFar + 1.0) / (DRAWN + 1);
    }

    private static int at(long[] counts, long place) {
        int category = 0;
        long rest = place;
        while (rest >= counts[category]) {
            rest -= counts[category];
            category++;
        }
        return category;
    }
}
