package dev.laurel.task;

import dev.laurel.model.Expect;
import dev.laurel.model.Metric;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import dev.laurel.table.Table;
import java.util.Set;

/**
 * The number in {@code column}, {@code horizon} rows later or, with a horizon of 0, in the row itself: {@code x[t+h]}, in {@code unit}.
 */
@Says("The number in a column, some rows later or in the row itself: x[t+h].")
public record Value(
        @Says("A column of numbers.") String column,

        @Says("Rows ahead; 0 for the row itself.") @Within(from = 0, to = LONGEST_HORIZON)
        int horizon,

        @Says("The unit of the answers, for people.") String unit)
        implements Target {
    public Value {
        Expect.notBlank("column", column);
        Expect.range("horizon", horizon, 0, LONGEST_HORIZON);
        Expect.notBlank("unit", unit);
    }

    @Override
    public Task task(Table table, int[] training) {
        return new Regression(unit);
    }

    @Override
    public double truth(Table table, int row, Task task) {
        return table.value(column, row + horizon);
    }

    @Override
    public boolean isKnown(Table table, int row) {
        return row + horizon < table.rows() && !table.isMissing(column, row + horizon);
    }

    /** The last value, where one is known. */
    @Override
    public double[] naive(Table table, int row, double[] usual) {
        return horizon == 0 || table.isMissing(column, row) ? usual : new double[] {table.value(column, row)};
    }

    @Override
    public String described() {
        return horizon == 0
                ? "%s, in %s".formatted(column, unit)
                : "%s %s, in %s".formatted(column, Target.later(horizon), unit);
    }

    @Override
    public Set<Metric> metrics() {
        return TaskMetrics.OF_VALUES;
    }
}
