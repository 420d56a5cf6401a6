package dev.laurel.feature;

import java.util.Locale;

/** What to do with a missing value: leave the row out, or let something stand in for it. */
public enum Missing {
    /** The row is left out. */
    DROP,
    /** The mean of the training rows. */
    MEAN,
    /** The median of the training rows. */
    MEDIAN,
    /** A number that the definition names. */
    CONSTANT,
    /** A word of its own. */
    CATEGORY;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
