package dev.laurel.target;

import dev.laurel.model.Expect;
import dev.laurel.model.Metric;
import dev.laurel.table.Table;
import dev.laurel.task.Regression;
import dev.laurel.task.Task;
import java.util.Set;

/** By how much {@code column} changes within {@code horizon} rows: {@code x[t+h] - x[t]}, in {@code unit}. */
public record Change(String column, int horizon, String unit) implements Target {
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

    @Override
    public Set<Metric> metrics() {
        return TaskMetrics.OF_VALUES;
    }
}
