package dev.laurel.feature;

import dev.laurel.model.Expect;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import dev.laurel.table.Table;
import java.util.List;

/**
 * The column some rows ago, in its own unit: {@code x[t-w]}.
 */
@Says("The column w rows ago, in its own unit: x[t-w].")
public record Lag(
        String name,
        @Says("The column of numbers that it reads.") String column,

        @Says("w, in rows; 0 is the row itself.") @Within(from = 0, to = LONGEST_WINDOW)
        int window)
        implements Feature {
    public Lag {
        Feature.check(name, column);
        Expect.range("window", window, 0, LONGEST_WINDOW);
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
    public boolean readsItsRow() {
        return window == 0;
    }

    @Override
    public void compute(Table table, int row, State state, double[] into, int at) {
        into[at] = table.value(column, row - window);
    }
}
