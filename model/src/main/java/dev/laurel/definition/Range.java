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
        double share = random.nextDouble();
        double drawn = log
                ? StrictMath.exp(StrictMath.log(from) + share * (StrictMath.log(to) - StrictMath.log(from)))
                : from + share * (to - from);
        double value = whole ? Math.rint(drawn) : Math.round(drawn * 1e9) / 1e9;
        return Math.min(to, Math.max(from, value));
    }
}
