package dev.laurel.drift;

import java.util.stream.IntStream;

/**
 * The population stability index: the sum over all cells of {@code (p - q) ln(p / q)}, symmetric and 0 for the same shares (Siddiqi, "Credit
 * Risk Scorecards", 2006; it is the divergence of Jeffreys, 1946). Each cell gets half a row more, so that an empty one makes nothing
 * infinite.
 */
final class StabilityIndex {
    private static final double MORE = 0.5;

    private StabilityIndex() {}

    static double of(long[] then, long[] now) {
        int[] cells = cells(then, now);
        double n = KolmogorovSmirnov.sum(now) + MORE * cells.length;
        double m = KolmogorovSmirnov.sum(then) + MORE * cells.length;
        double sum = 0;
        for (int cell : cells) {
            double p = (now[cell] + MORE) / n;
            double q = (then[cell] + MORE) / m;
            sum += (p - q) * Math.log(p / q);
        }
        return KolmogorovSmirnov.sum(now) == 0 ? 0 : sum;
    }

    /**
     * The mean of the index without drift: {@code (cells - 1)(1/n + 1/m)}; Yurdakul, "Statistical Properties of Population Stability Index"
     * (2018). What people take for drift, 0.1 or 0.25, is usual for a few dozen rows.
     */
    static double byChance(long[] then, long[] now) {
        long n = KolmogorovSmirnov.sum(now);
        long m = KolmogorovSmirnov.sum(then);
        return n == 0 || m == 0 ? 0 : (cells(then, now).length - 1) * (1.0 / n + 1.0 / m);
    }

    private static int[] cells(long[] then, long[] now) {
        return IntStream.range(0, then.length)
                .filter(cell -> then[cell] + now[cell] > 0)
                .toArray();
    }
}
