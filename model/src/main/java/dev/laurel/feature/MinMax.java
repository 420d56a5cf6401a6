package dev.laurel.feature;

import dev.laurel.model.Says;
import dev.laurel.table.Table;
import java.util.Arrays;
import java.util.List;

/**
 * Where {@code x[t]} lies between the least and the greatest value of the training rows, 0..1 among those; these two are its fitted state. A
 * column that does not vary in training is 0.
 */
@Says("Where x[t] lies between the least and the greatest value of the training rows, 0..1 among those.")
public record MinMax(
        String name,
        @Says("The column of numbers that it reads.") String column) implements Feature {
    public MinMax {
        Feature.check(name, column);
    }

    @Override
    public List<String> numbers() {
        return List.of(column);
    }

    @Override
    public State fit(Table table, int[] training) {
        double[] values = Arrays.stream(training)
                .mapToDouble(row -> table.value(column, row))
                .sorted()
                .toArray();
        return State.ofNumbers(values[0], values[values.length - 1]);
    }

    @Override
    public boolean isState(State state) {
        return state.isOfNumbers(2);
    }

    @Override
    public void compute(Table table, int row, State state, double[] into, int at) {
        double low = state.numbers().get(0);
        double width = state.numbers().get(1) - low;
        into[at] = width == 0 ? 0 : (table.value(column, row) - low) / width;
    }
}
