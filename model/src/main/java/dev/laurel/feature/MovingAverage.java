package dev.laurel.feature;

import dev.laurel.table.Table;
import java.util.List;

/**
 * The mean of {@code x[t-w+1..t]}, in the unit of the column.
 *
 * @param window {@code w}, the number of values
 */
public record MovingAverage(String name, String column, int window) implements Feature {
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
