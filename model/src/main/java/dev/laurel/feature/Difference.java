package dev.laurel.feature;

import dev.laurel.model.Says;
import dev.laurel.model.Within;
import dev.laurel.table.Table;
import java.util.List;

/**
 * By how much the column changed, in its own unit: {@code x[t] - x[t-w]}.
 */
@Says("By how much the column changed, in its own unit: x[t] - x[t-w].")
public record Difference(
        String name,
        @Says("The column of numbers that it reads.") String column,

        @Says("w, in rows.") @Within(from = 1, to = LONGEST_WINDOW)
        int window)
        implements Feature {
    public Difference {
        Feature.check(name, column);
        Feature.checkWindow(window, 1);
    }

    @Override
    public List<String> numbers() {
        return List.of(column);
    }

    @Override
    public int warmUp() {
        return window;
    }

    @Override
    public void compute(Table table, int row, State state, double[] into, int at) {
        into[at] = table.value(column, row) - table.value(column, row - window);
    }
}
