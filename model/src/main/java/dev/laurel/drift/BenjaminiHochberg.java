package dev.laurel.drift;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Of many tests some find something by chance. Benjamini and Hochberg, "Controlling the false discovery rate" (1995): what is found at level
 * {@code q} is false in a share of at most {@code q} of what is found, on average; and where there is nothing to find, nothing is found but
 * in a share of {@code q} of the cases.
 */
final class BenjaminiHochberg {
    private BenjaminiHochberg() {}

    /** The least level at which each test finds something, in the order of {@code p}. */
    static double[] q(double[] p) {
        int[] falling = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer test) -> p[test]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        double[] q = new double[p.length];
        double least = 1;
        for (int i = 0; i < falling.length; i++) {
            least = Math.min(least, p[falling[i]] * p.length / (p.length - i));
            q[falling[i]] = least;
        }
        return q;
    }
}
