package dev.laurel.judge;

import dev.laurel.table.Table;
import dev.laurel.model.Window;

/** The rows {@code from} (included) to {@code to} (excluded) of a table. */
public record RowRange(int from, int to) {
    public int rows() {
        return to - from;
    }

    public Window window(Table table) {
        return new Window(table.key(from), table.key(to - 1), rows());
    }
}
