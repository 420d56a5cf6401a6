package dev.laurel.model;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One input of a predictor, computed from one column of the source.
 *
 * @param window rows that the computation looks at: for a return the distance in rows, for the others the number of values averaged
 */
public record Feature(String name, Kind kind, String column, int window) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,39}");

    /** How the value of row {@code t} follows from column {@code x}; {@code w} is the window. */
    public enum Kind {
        /** {@code x[t] / x[t-w] - 1}. */
        RETURN,
        /** The mean of {@code x[t-w+1..t]}. */
        MOVING_AVERAGE,
        /** The sample standard deviation (divisor {@code w-1}) of the last {@code w} one-row returns. */
        VOLATILITY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Feature {
        Expect.that(NAME.matcher(name).matches(), "name", name, "1..40 of letters, digits and '_', a letter first");
        Expect.notBlank("column", column);
        Expect.range("window", window, kind == Kind.VOLATILITY ? 2 : 1, 1000);
    }

    /** Rows before a row that its value needs. */
    public int warmUp() {
        return kind == Kind.MOVING_AVERAGE ? window - 1 : window;
    }
}
