package dev.laurel.feature;

import dev.laurel.model.Expect;
import dev.laurel.model.Target;

/** The true answers of rows whose future is known. The last {@code horizon} rows of a table have none. */
public final class Labels {
    private final Target target;

    public Labels(Target target) {
        this.target = target;
    }

    /** Rows of the table that have a label: all but the last {@code horizon}. */
    public int labelled(Table table) {
        return Math.max(0, table.rows() - target.horizon());
    }

    /** Whether the target stands higher {@code horizon} rows later. */
    public boolean isPositive(Table table, int row) {
        Expect.range("row with a label", row, 0, labelled(table) - 1);
        double[] values = table.column(target.column());
        return values[row + target.horizon()] > values[row];
    }
}
