package dev.laurel.definition;

import dev.laurel.model.Default;
import dev.laurel.model.Expect;
import dev.laurel.model.Says;
import java.util.Random;

/** The values {@code from..to}, both included, that a search draws a hyperparameter from. */
@Says("The values from..to, both included, that a search draws a hyperparameter from.")
public record Range(
        @Says("The least value.") double from,
        @Says("The greatest value.") double to,

        @Says("Whether each order of size is as likely as another.") @Default("false")
        boolean log) {
    public Range {
        Expect.that(
                from <= to && Double.isFinite(from) && Double.isFinite(to),
                "range",
                from + ".." + to,
                "the lower number first");
        Expect.that(!log || from > 0, "from", from, "above 0 where log is true");
    }

    double draw(Random random, boolean whole) {
        if (whole && !log) {
            return from + random.nextInt((int) Math.min(Integer.MAX_VALUE - 1.0, to - from) + 1);
        }
        return at(place(from) + random.nextDouble() * (place(to) - place(from)), whole);
    }

    /** Where a value stands on the scale on which one is drawn. */
    double place(double value) {
        return log ? StrictMath.log(value) : value;
    }

    /** The value at a place. */
    double at(double place, boolean whole) {
        double drawn = log ? StrictMath.exp(place) : place;
        double value = whole ? Math.rint(drawn) : Math.round(drawn * 1e9) / 1e9;
        return Math.min(to, Math.max(from, value));
    }
}
