package dev.laurel.feature;

import dev.laurel.model.Expect;
import dev.laurel.model.Says;
import dev.laurel.table.Table;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One input of a predictor, or several, computed from columns of the source. {@code x[t]} is the value of its column at row {@code t}.
 *
 * <p>A new kind is a record here in this package, its name in this list and in that of {@code dev.laurel.yaml.Kinds}.
 */
public sealed interface Feature
        permits Bins,
                Calendar,
                ColumnFeature,
                Difference,
                Interaction,
                Lag,
                Logarithm,
                MinMax,
                MovingAverage,
                OneHot,
                Ordinal,
                Return,
                Rolling,
                Standardise,
                Volatility {
    Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,39}");
    int LONGEST_WINDOW = 1000;

    @Says("The name of the input: 1..40 of letters, digits and '_', a letter first; each once.")
    String name();

    /** The columns of numbers that it reads. */
    List<String> numbers();

    /** The columns of words that it reads. */
    default List<String> words() {
        return List.of();
    }

    /** Rows before a row that its value needs. */
    default int warmUp() {
        return 0;
    }

    /** Whether it reads the row itself, and not only those before it. */
    default boolean readsItsRow() {
        return true;
    }

    /** Whether its output is the value of its one column as it is. */
    default boolean isColumnItself() {
        return false;
    }

    /** A word that its column may have, for an example, where it keeps none of those that it saw. */
    default @Nullable String anyWord() {
        return null;
    }

    /** What it has to know of the training rows, whose values are not missing. */
    default State fit(Table table, int[] training) {
        return State.NONE;
    }

    /** Whether it can have learned this. */
    default boolean isState(State state) {
        return state.isNone();
    }

    /** The names of its outputs, as many as {@link #compute} gives. */
    default List<String> outputs(State state) {
        return List.of(name());
    }

    /** Computes its outputs for one row, from that row and {@link #warmUp()} rows before it. A value that cannot be is NaN. */
    void compute(Table table, int row, State state, double[] into, int at);

    static void check(String name, String column) {
        Expect.that(NAME.matcher(name).matches(), "name", name, "1..40 of letters, digits and '_', a letter first");
        Expect.notBlank("column", column);
    }

    static void checkWindow(int window, int least) {
        Expect.range("window", window, least, LONGEST_WINDOW);
    }
}
