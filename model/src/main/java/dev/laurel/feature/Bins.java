package dev.laurel.feature;

import dev.laurel.model.Expect;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import dev.laurel.table.Statistics;
import dev.laurel.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * In which of {@code bins} parts with about as many training rows each the value lies, from 0; the bounds between the parts, quantiles of the
 * training rows, are its fitted state.
 */
@Says("In which of some parts with about as many training rows each the value lies, from 0.")
public record Bins(
        String name,
        @Says("The column of numbers that it reads.") String column,

        @Says("How many parts.") @Within(from = 2, to = 1000)
        int bins)
        implements Feature {
    public Bins {
        Feature.check(name, column);
        Expect.range("bins", bins, 2, 1000);
    }

    @Override
    public List<String> numbers() {
        return List.of(column);
    }

    @Override
    public State fit(Table table, int[] training) {
        double[] sorted = Arrays.stream(training)
                .mapToDouble(row -> table.value(column, row))
                .sorted()
                .toArray();
        List<Double> bounds = new ArrayList<>();
        for (int bin = 1; bin < bins; bin++) {
            bounds.add(Statistics.quantile(sorted, (double) bin / bins));
        }
        return new State(bounds, List.of());
    }

    @Override
    public boolean isState(State state) {
        return state.isOfNumbers(bins - 1);
    }

    @Override
    public void compute(Table table, int row, State state, double[] into, int at) {
        double value = table.value(column, row);
        int bin = 0;
        while (bin < state.numbers().size() && value >= state.numbers().get(bin)) {
            bin++;
        }
        into[at] = Double.isNaN(value) ? value : bin;
    }
}
