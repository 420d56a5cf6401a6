package dev.laurel.task;

import dev.laurel.model.Expect;
import dev.laurel.model.Metric;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import dev.laurel.table.Table;
import java.util.List;
import java.util.Set;

/**
 * Whether {@code column} stands higher {@code horizon} rows later. A row labelled {@code up} has a strictly higher value then; every other is
 * labelled {@code down}.
 */
@Says("Whether a column stands higher some rows later: one of two labels.")
public record Direction(
        @Says("A column of numbers.") String column,

        @Says("Rows ahead.") @Within(from = 1, to = LONGEST_HORIZON)
        int horizon,

        @Says("The label where it is strictly higher.") String up,
        @Says("The label everywhere else.") String down)
        implements Target {
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
    public String described() {
        return "%s where %s is higher %s, else %s".formatted(up, column, Target.later(horizon), down);
    }

    @Override
    public Set<Metric> metrics() {
        return TaskMetrics.OF_LABELS;
    }
}
