package dev.laurel.task;

import dev.laurel.model.Metric;
import dev.laurel.table.Table;
import java.util.Set;

/**
 * What is predicted for a row. A new kind is a record here, its name in this list and in that of {@code dev.laurel.yaml.Kinds}.
 */
public sealed interface Target permits Change, Direction, Label, Value {
    /** Days ahead, in rows. */
    int LONGEST_HORIZON = 250;

    String column();

    /** Rows after a row that its true answer needs. */
    int horizon();

    /** Whether the column is one of words. */
    default boolean isOfWords() {
        return false;
    }

    /**
     * The task, as far as it follows from the training rows.
     *
     * @throws dev.laurel.model.InvalidValueException when they do not fit the target
     */
    Task task(Table table, int[] training);

    /** Whether the row has a true answer at all. The last {@link #horizon()} rows have none. */
    default boolean isKnown(Table table, int row) {
        return row + horizon() < table.rows()
                && !table.isMissing(column(), row)
                && !table.isMissing(column(), row + horizon());
    }

    /**
     * The true answer of a row that has one, as the task has it: the place of a label, or a value.
     *
     * @throws dev.laurel.model.InvalidValueException when the row has a label that the task does not know
     */
    double truth(Table table, int row, Task task);

    /**
     * What somebody answers who has no model.
     *
     * @param usual the scores of one who knows only what answers are usual
     */
    default double[] naive(Table table, int row, double[] usual) {
        return usual;
    }

    /** For people: {@code UP where close is higher 1 row later, else DOWN}. */
    String described();

    /** The same, with all that makes it another target than one that is described alike. */
    default String toTell() {
        return described();
    }

    static String later(int horizon) {
        return horizon + (horizon == 1 ? " row later" : " rows later");
    }

    /** By which a model of this target can be judged. */
    Set<Metric> metrics();

    /** Whether its task answers with one of some labels, and not with a value. */
    default boolean isOfLabels() {
        return metrics().equals(TaskMetrics.OF_LABELS);
    }

    /** Whether what it predicts stands in a column of the very row, which then is no input. */
    default boolean isInItsRow() {
        return horizon() == 0;
    }
}
