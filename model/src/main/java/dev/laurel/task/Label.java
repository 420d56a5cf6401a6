package dev.laurel.task;

import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Metric;
import dev.laurel.model.Says;
import dev.laurel.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The word in {@code column} of the row itself.
 */
@Says("The word in a column of the row itself: one of two or more labels.")
public record Label(
        @Says("A column of words.") String column,

        @Says("Of two labels the one whose probability is called the confidence; absent: the first in the alphabet.")
        @Nullable
        String positive)
        implements Target {
    public Label {
        Expect.notBlank("column", column);
    }

    @Override
    public int horizon() {
        return 0;
    }

    @Override
    public boolean isOfWords() {
        return true;
    }

    @Override
    public Task task(Table table, int[] training) {
        TreeSet<String> seen = new TreeSet<>();
        for (int row : training) {
            String word = table.word(column, row);
            if (word != null) {
                seen.add(word);
            }
        }
        Expect.range("different labels in " + column + " of the training rows", seen.size(), 2, 1000);
        List<String> labels = new ArrayList<>(seen);
        if (positive != null) {
            Expect.that(seen.contains(positive), "positive", positive, "a label of the training rows: " + seen);
            labels.remove(positive);
            labels.add(0, positive);
        }
        return new Classification(labels);
    }

    @Override
    public double truth(Table table, int row, Task task) {
        String word = table.word(column, row);
        int place = task.outputNames().indexOf(word);
        if (place < 0) {
            throw new InvalidValueException(
                    column + " at " + table.place(row),
                    String.valueOf(word),
                    "a label that the training rows have: " + task.outputNames());
        }
        return place;
    }

    @Override
    public String described() {
        return "the label in " + column;
    }

    @Override
    public String toTell() {
        return positive == null ? described() : "%s, with %s as the positive one".formatted(described(), positive);
    }

    @Override
    public Set<Metric> metrics() {
        return TaskMetrics.OF_LABELS;
    }
}
