package dev.laurel.feature;

import dev.laurel.model.Says;
import dev.laurel.table.Table;
import java.util.List;

/** The column as it is, in its own unit: {@code x[t]}. */
@Says("The column as it is, in its own unit: x[t].")
public record ColumnFeature(
        String name,
        @Says("The column of numbers that it reads.") String column) implements Feature {
    public ColumnFeature {
        Feature.check(name, column);
    }

    @Override
    public boolean isColumnItself() {
        return true;
    }

    @Override
    public List<String> numbers() {
        return List.of(column);
    }

    @Override
    public void compute(Table table, int row, State state, double[] into, int at) {
        into[at] = table.value(column, row);
    }
}
