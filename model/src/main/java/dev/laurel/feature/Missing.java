package dev.laurel.feature;

import dev.laurel.model.Says;
import java.util.Locale;

/** What to do with a missing value: leave the row out, or let something stand in for it. */
public enum Missing {
    @Says("The row is left out.")
    DROP,
    @Says("The mean of the training rows.")
    MEAN,
    @Says("The median of the training rows.")
    MEDIAN,
    @Says("A number that the definition names.")
    CONSTANT,
    @Says("A word of its own.")
    CATEGORY;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
