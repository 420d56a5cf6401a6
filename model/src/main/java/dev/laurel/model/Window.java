package dev.laurel.model;

import org.jspecify.annotations.Nullable;

/**
 * Some rows of one side of a split.
 *
 * @param from the key of the first of them, {@code to} that of the last; absent where the rows have no keys
 */
public record Window(@Nullable String from, @Nullable String to, int rows) {
    public Window {
        Expect.range("rows", rows, 1, Integer.MAX_VALUE);
        Expect.that((from == null) == (to == null), "window", from + ".." + to, "both keys, or none");
        if (from != null && to != null) {
            Expect.that(from.compareTo(to) <= 0, "window", from + ".." + to, "its first key before its last");
        }
    }

    /** Whether the two have a row in common, as far as their keys tell. */
    public boolean overlaps(Window other) {
        return from == null
                || to == null
                || other.from == null
                || other.to == null
                || (from.compareTo(other.to) <= 0 && other.from.compareTo(to) <= 0);
    }

    /** For people: {@code 2019-01-02..2019-03-29, 60 rows}, or the number alone. */
    @Override
    public String toString() {
        return from == null ? rows + " rows" : "%s..%s, %s rows".formatted(from, to, rows);
    }
}
