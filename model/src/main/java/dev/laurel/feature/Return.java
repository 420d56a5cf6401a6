package dev.laurel.feature;

import dev.laurel.model.Says;
import dev.laurel.model.Within;
import dev.laurel.table.Table;
import java.util.List;

/**
 * By which share the column changed: {@code x[t] / x[t-w] - 1}.
 */
@Says("By which share the column changed: x[t] / x[t-w] - 1.")
public record Return(
        String name,
        @Says("The column of numbers that it reads.") String column,

        @Says("w, in rows.") @Within(from = 1, to = LONGEST_WINDOW)
        int window)
        implements Feature {
    public Return {
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
        into[at] = table.value(column, row) / table.value(column, row - window) - 1;
    }
}
