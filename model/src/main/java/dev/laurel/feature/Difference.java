package dev.laurel.feature;

import dev.laurel.table.Table;
import java.util.List;

/**
 * By how much the column changed, in its own unit: {@code x[t] - x[t-w]}.
 *
 * @param window {@code w}, in rows
 */
public record Difference(String name, String column, int window) implements Feature {
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
