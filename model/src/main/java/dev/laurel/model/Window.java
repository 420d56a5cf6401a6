package dev.laurel.model;

/** A run of neighbouring rows: the keys of its first and last row (dates, for a time series) and their number. */
public record Window(String from, String to, int rows) {
    public Window {
        Expect.range("rows", rows, 1, Integer.MAX_VALUE);
        Expect.that(from.compareTo(to) <= 0, "window", from + ".." + to, "its first key before its last");
    }

    /** Whether the two have a row in common, as far as their keys tell. */
    public boolean overlaps(Window other) {
        return from.compareTo(other.to) <= 0 && other.from.compareTo(to) <= 0;
    }
}
