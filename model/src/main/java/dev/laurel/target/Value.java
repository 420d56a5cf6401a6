package dev.laurel.target;

import dev.laurel.model.Expect;
import dev.laurel.model.Metric;
import dev.laurel.table.Table;
import dev.laurel.task.Regression;
import dev.laurel.task.Task;
import java.util.Set;

/**
 * The number in {@code column}, {@code horizon} rows later or, with a horizon of 0, in the row itself: {@code x[t+h]}, in {@code unit}.
 */
public record Value(String column, int horizon, String unit) implements Target {
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

    @Override
    public Set<Metric> metrics() {
        return TaskMetrics.OF_VALUES;
    }
}
