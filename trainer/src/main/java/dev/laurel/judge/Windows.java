package dev.laurel.judge;

import dev.laurel.table.Table;
import dev.laurel.definition.Definition;
import dev.laurel.evaluation.Report;
import dev.laurel.model.Split;

/**
 * The windows of a run, as positions in a table that holds exactly the rows that the run needs, of which the last is the clock row:
 *
 * <pre>
 * warm-up | training | h | validation | h | evaluation | h
 * </pre>
 *
 * {@code h} rows, the target's horizon, are left out after each window, so that its labels reach neither into the next window nor
 * beyond the clock.
 */
public record Windows(RowRange training, RowRange validation, RowRange evaluation) {
    public static Windows of(Definition definition) {
        Split split = definition.split();
        int horizon = definition.target().horizon();
        RowRange training = window(definition.warmUp(), split.training());
        RowRange validation = window(training.to() + horizon, split.validation());
        RowRange evaluation = window(validation.to() + horizon, split.evaluation());
        return new Windows(training, validation, evaluation);
    }

    private static RowRange window(int from, int rows) {
        return new RowRange(from, from + rows);
    }

    /** Rows that a run needs, from the first one that a feature looks at to the clock row. */
    public static int neededRows(Definition definition) {
        return of(definition).evaluation().to() + definition.target().horizon();
    }

    public Report.Windows of(Table table) {
        return new Report.Windows(training.window(table), validation.window(table), evaluation.window(table));
    }
}
