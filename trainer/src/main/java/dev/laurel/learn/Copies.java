package dev.laurel.learn;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The same rows again, in random order. */
final class Copies implements Multiplier {
    @Override
    public List<double[]> more(double[][] rows, int count, Random random) {
        return Arrays.stream(Multiplier.inTurn(rows.length, count, random))
                .mapToObj(row -> rows[row])
                .toList();
    }
}
