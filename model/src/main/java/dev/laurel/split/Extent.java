package dev.laurel.split;

import dev.laurel.table.Table;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The rows that there are to divide.
 *
 * @param warmUp rows at the beginning that only features read
 * @param horizon rows that true answers reach ahead
 * @param usable whether a row has all that it takes to learn from it
 */
public record Extent(Table table, int warmUp, int horizon, IntPredicate usable) {
    /** Those of the rows {@code from} (included) to {@code to} (excluded) that are usable. */
    int[] usable(int from, int to) {
        return IntStream.range(from, to).filter(usable).toArray();
    }

    /** The row after the last whose true answer does not lie beyond the table. */
    int end() {
        return table.rows() - horizon;
    }
}
