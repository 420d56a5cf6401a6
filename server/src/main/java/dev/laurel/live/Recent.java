package dev.laurel.live;

import java.util.Arrays;

/** The newest of many numbers, and where they lie. */
final class Recent {
    private final double[] values;
    private long added;

    Recent(int size) {
        values = new double[size];
    }

    void add(double value) {
        values[(int) (added++ % values.length)] = value;
    }

    /** The smallest value that this share of them, 0..1, does not exceed; NaN while there are none. */
    double quantile(double share) {
        return quantiles(share)[0];
    }

    double[] quantiles(double... shares) {
        int known = (int) Math.min(added, values.length);
        double[] sorted = Arrays.copyOf(values, known);
        Arrays.sort(sorted);
        return Arrays.stream(shares)
                .map(share -> known == 0 ? Double.NaN : sorted[Math.max(0, (int) Math.ceil(share * known) - 1)])
                .toArray();
    }
}
