package dev.laurel.run;

import dev.laurel.table.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Tables of one row a day with one column, {@code close}. */
final class Tables {
    private Tables() {}

    /** A random walk; the same seed always gives the same. */
    static Table walk(int rows, long seed) {
        Random random = new Random(seed);
        double[] close = new double[rows];
        double value = 100;
        for (int row = 0; row < rows; row++) {
            value *= 1 + 0.01 * random.nextGaussian();
            close[row] = value;
        }
        return of(close);
    }

    static Table of(double... close) {
        LocalDate first = LocalDate.of(2001, 1, 1);
        List<String> days = IntStream.range(0, close.length)
                .mapToObj(row -> first.plusDays(row).toString())
                .toList();
        return new Table("date", days, Map.of("close", close));
    }

    /** The same table with other values from {@code row} on. */
    static Table garbledFrom(int row, Table table) {
        return of(IntStream.range(0, table.rows())
                .mapToDouble(i -> table.value("close", i) * (i < row ? 1 : 3 + Math.sin(i)))
                .toArray());
    }
}
