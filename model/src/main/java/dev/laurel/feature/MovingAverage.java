package dev.laurel.feature;

import dev.laurel.model.Says;
import dev.laurel.model.Within;
import dev.laurel.table.Table;
import java.util.List;

/**
 * The mean of {@code x[t-w+1..t]}, in the unit of the column.
 */
@Says("The mean of x[t-w+1..t], in the unit of the column.")
public record MovingAverage(
        String name,
        @Says("The column of numbers that it reads.") String column,

        @Says("w, the number of values.") @Within(from = 1, to = LONGEST_WINDOW)
        int window)
        implements Feature {
    public MovingAverage {
        Feature.check(name, column);
        Feature.checkWindow(window, 1);
    }

    @Override
    public List<String> numbers() {
        return List.of(column);
    }

    @Override
    public int warmUp() {
        return window - 1;
    }

    @Override
    public void compute(Table table, int row, State state, double[] into, int at) {
        double[] x = table.numbers(column);
        double sum = 0;
        for (int i = row - window + 1; i <= row; i++) {
            sum += x[i];
        }
        into[at] = sum / window;
    }
}
