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
 * What there is to say about a column: what happens to its missing values, and whether its values are kept anywhere.
 *
 * @param missing without it a missing value is an error
 */
@Says("What happens to the missing values of a column, and whether its values are kept anywhere.")
public record Filling(
        @Says("The column.") String column,

        @Says("The rule for missing values; absent: a missing value is an error.") @Nullable
        Missing missing,

        @Says("The number that stands in by the rule constant; absent with every other rule.") @Nullable
        Double value,

        @Says("Whether servers never record and never log its values, whatever LAUREL_RECORD says; absent: false.")
        @Nullable
        Boolean isPrivate) {
    /** The word for a missing one by the rule {@code category}. */
    static final String MISSING_WORD = "(missing)";

    public Filling {
        Expect.notBlank("column", column);
        Expect.that(
                missing != null || Boolean.TRUE.equals(isPrivate),
                "missing",
                "missing",
                "a rule for missing values, unless the column is private: true");
        Expect.that(
                (missing == Missing.CONSTANT) == (value != null),
                "value",
                value == null ? "missing" : value,
                missing == Missing.CONSTANT
                        ? "a number beside the rule constant"
                        : missing == null ? "none without a rule" : "none beside the rule " + missing);
        Expect.that(value == null || Double.isFinite(value), "value", String.valueOf(value), "a finite number");
    }

    public Filling(String column, Missing missing, @Nullable Double value) {
        this(column, missing, value, null);
    }

    /** The number that stands in for missing ones; none where the rule needs none. */
    State fit(Table table, int[] training) {
        return switch (rule()) {
            case DROP, CATEGORY -> State.NONE;
            case CONSTANT -> State.ofNumbers(Objects.requireNonNull(value));
            case MEAN -> State.ofNumbers(Statistics.mean(present(table, training)));
            case MEDIAN -> State.ofNumbers(Statistics.quantile(present(table, training), 0.5));
        };
    }

    boolean isState(State state) {
        return switch (rule()) {
            case DROP, CATEGORY -> state.isNone();
            case CONSTANT, MEAN, MEDIAN -> state.isOfNumbers(1);
        };
    }

    private Missing rule() {
        return Objects.requireNonNull(missing, "a column without a rule fills nothing in");
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
        return switch (rule()) {
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
