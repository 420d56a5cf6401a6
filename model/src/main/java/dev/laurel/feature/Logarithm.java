package dev.laurel.feature;

import dev.laurel.model.Says;
import dev.laurel.table.Table;
import java.util.List;

/** The natural logarithm of {@code x[t] + offset}, which has to be above 0. */
@Says("The natural logarithm of x[t] + offset, which has to be above 0.")
public record Logarithm(
        String name,
        @Says("The column of numbers that it reads.") String column,

        @Says("What is added before, in the unit of the column.")
        double offset)
        implements Feature {
    public Logarithm {
        Feature.check(name, column);
    }

    @Override
    public List<String> numbers() {
        return List.of(column);
    }

    @Override
    public void compute(Table table, int row, State state, double[] into, int at) {
        into[at] = StrictMath.log(table.value(column, row) + offset);
    }
}
