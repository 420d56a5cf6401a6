package dev.laurel.task;

import dev.laurel.model.Expect;
import dev.laurel.model.Metric;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import dev.laurel.table.Table;
import java.util.Set;

/** By how much {@code column} changes within {@code horizon} rows: {@code x[t+h] - x[t]}, in {@code unit}. */
@Says("By how much a column changes within some rows: x[t+h] - x[t].")
public record Change(
        @Says("A column of numbers.") String column,

        @Says("Rows ahead.") @Within(from = 1, to = LONGEST_HORIZON)
        int horizon,

        @Says("The unit of the answers, for people.") String unit)
        implements Target {
    public Change {
        Expect.notBlank("column", column);
        Expect.range("horizon", horizon, 1, LONGEST_HORIZON);
        Expect.notBlank("unit", unit);
    }

    @Override
    public Task task(Table table, int[] training) {
        return new Regression(unit);
    }

    @Override
    public double truth(Table table, int row, Task task) {
        double[] values = table.numbers(column);
        return values[row + horizon] - values[row];
    }

    /** No change. */
    @Override
    public double[] naive(Table table, int row, double[] usual) {
        return new double[] {0};
    }

    @Override
    public String described() {
        return "the change of %s until %s, in %s".formatted(column, Target.later(horizon), unit);
    }

    @Override
    public Set<Metric> metrics() {
        return TaskMetrics.OF_VALUES;
    }
}
