package dev.laurel.feature;

import dev.laurel.model.Says;
import dev.laurel.table.Statistics;
import dev.laurel.table.Table;
import java.util.Arrays;
import java.util.List;

/**
 * {@code (x[t] - mean) / deviation}, both of the training rows; that is its fitted state. Without a unit. A column that does not vary in
 * training is 0.
 */
@Says("(x[t] - mean) / deviation, both of the training rows; without a unit.")
public record Standardise(
        String name,
        @Says("The column of numbers that it reads.") String column) implements Feature {
    public Standardise {
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
                .toArray();
        return State.ofNumbers(Statistics.mean(values), Statistics.standardDeviation(values));
    }

    @Override
    public boolean isState(State state) {
        return state.isOfNumbers(2);
    }

    @Override
    public void compute(Table table, int row, State state, double[] into, int at) {
        double deviation = state.numbers().get(1);
        into[at] =
                deviation == 0 ? 0 : (table.value(column, row) - state.numbers().get(0)) / deviation;
    }
}
