package dev.laurel.feature;

import dev.laurel.model.Says;
import dev.laurel.table.Table;
import java.util.List;

/** The product of two columns, in the product of their units: {@code x[t] * y[t]}. */
@Says("The product of two columns, in the product of their units: x[t] * y[t].")
public record Interaction(
        String name,
        @Says("The column of numbers that it reads.") String column,
        @Says("The other column of numbers.") String with)
        implements Feature {
    public Interaction {
        Feature.check(name, column);
        Feature.check(name, with);
    }

    @Override
    public List<String> numbers() {
        return List.of(column, with);
    }

    @Override
    public void compute(Table table, int row, State state, double[] into, int at) {
        into[at] = table.value(column, row) * table.value(with, row);
    }
}
