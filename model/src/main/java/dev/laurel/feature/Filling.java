package dev.laurel.feature;

import dev.laurel.model.Expect;
import dev.laurel.model.Says;
import dev.laurel.table.Column;
import dev.laurel.table.Statistics;
import dev.laurel.table.Table;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the missing values of a column. Without one of these a missing value is an error.
 */
@Says("What happens to the missing values of a column.")
public record Filling(
        @Says("The column.") String column,
        @Says("The rule.") Missing missing,

        @Says("The number that stands in by the rule constant; absent with every other rule.") @Nullable
        Double value) {
    /** The word for a missing one by the rule {@code category}. */
    static final String MISSING_WORD = "(missing)";

    public Filling {
        Expect.notBlank("column", column);
        Expect.that(
                (missing == Missing.CONSTANT) == (value != null),
                "value",
                value == null ? "missing" : value,
                missing == Missing.CONSTANT ? "a number beside the rule constant" : "none beside the rule " + missing);
        Expect.that(value == null || Double.isFinite(value), "value", String.valueOf(value), "a finite number");
    }

    /** The number that stands in for missing ones; none where the rule needs none. */
    State fit(Table table, int[] training) {
        return switch (missing) {
            case DROP, CATEGORY -> State.NONE;
            case CONSTANT -> State.ofNumbers(Objects.requireNonNull(value));
            case MEAN -> State.ofNumbers(Statistics.mean(present(table, training)));
            case MEDIAN -> State.ofNumbers(Statistics.quantile(present(table, training), 0.5));
        };
    }

    boolean isState(State state) {
        return switch (missing) {
            case DROP, CATEGORY -> state.isNone();
            case CONSTANT, MEAN, MEDIAN -> state.isOfNumbers(1);
        };
    }

    private double[] present(Table table, int[] training) {
        double[] present = Arrays.stream(training)
                .mapToDouble(row -> table.value(column, row))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        Expect.range("training rows that have " + column, present.length, 1, Integer.MAX_VALUE);
        return present;
    }

    /** The same rows with what is missing filled in. Rows to answer for lack columns that only the target needs. */
    Table fill(Table table, State state) {
        if (!table.columns().contains(column)) {
            return table;
        }
        return switch (missing) {
            case DROP -> table;
            case CATEGORY -> table.with(column, words(table));
            case CONSTANT, MEAN, MEDIAN ->
                table.with(column, numbers(table, state.numbers().get(0)));
        };
    }

    private Column words(Table table) {
        @Nullable String[] filled = new @Nullable String[table.rows()];
        for (int row = 0; row < filled.length; row++) {
            String word = table.word(column, row);
            filled[row] = word == null ? MISSING_WORD : word;
        }
        return new Column.Words(filled);
    }

    private Column numbers(Table table, double fill) {
        return new Column.Numbers(Arrays.stream(table.numbers(column))
                .map(each -> Double.isNaN(each) ? fill : each)
                .toArray());
    }
}
