package dev.laurel.target;

import dev.laurel.model.Expect;
import dev.laurel.model.Metric;
import dev.laurel.table.Table;
import dev.laurel.task.Classification;
import dev.laurel.task.Task;
import java.util.List;
import java.util.Set;

/**
 * Whether {@code column} stands higher {@code horizon} rows later. A row labelled {@code up} has a strictly higher value then; every other is
 * labelled {@code down}.
 */
public record Direction(String column, int horizon, String up, String down) implements Target {
    public Direction {
        Expect.notBlank("column", column);
        Expect.range("horizon", horizon, 1, LONGEST_HORIZON);
        Expect.notBlank("up", up);
        Expect.notBlank("down", down);
        Expect.that(!up.equals(down), "down", down, "another label than up: " + up);
    }

    @Override
    public Task task(Table table, int[] training) {
        return new Classification(List.of(up, down));
    }

    @Override
    public double truth(Table table, int row, Task task) {
        double[] values = table.numbers(column);
        return values[row + horizon] > values[row] ? 0 : 1;
    }

    @Override
    public Set<Metric> metrics() {
        return TaskMetrics.OF_LABELS;
    }
}
