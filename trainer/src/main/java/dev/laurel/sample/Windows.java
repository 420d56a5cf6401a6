package dev.laurel.sample;

import dev.laurel.evaluation.Report;
import dev.laurel.model.Window;
import dev.laurel.split.Sides;
import dev.laurel.table.Table;

/** The sides of a run as its report has them. */
public final class Windows {
    private Windows() {}

    /** Of several folds those that come last. */
    public static Report.Windows of(Sides sides, Table table) {
        return new Report.Windows(
                window(sides.last().training(), table),
                window(sides.last().validation(), table),
                window(sides.evaluation(), table));
    }

    public static Window window(int[] rows, Table table) {
        return new Window(table.keyOrNull(rows[0]), table.keyOrNull(rows[rows.length - 1]), rows.length);
    }
}
