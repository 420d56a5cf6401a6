package dev.laurel.feature;

import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows of a source, kept by column: a key for each row, in strictly rising order (the dates of a time series), and finite numbers.
 * Immutable.
 */
public final class Table {
    private final String keyColumn;
    private final List<String> keys;
    private final Map<String, double[]> columns;

    /** Takes copies of the columns; their order is kept. */
    public Table(String keyColumn, List<String> keys, Map<String, double[]> columns) {
        this.keyColumn = keyColumn;
        this.keys = List.copyOf(keys);
        Map<String, double[]> copies = new LinkedHashMap<>();
        columns.forEach((name, values) -> copies.put(name, checked(name, values)));
        this.columns = Collections.unmodifiableMap(copies);
        for (int row = 1; row < this.keys.size(); row++) {
            String key = this.keys.get(row);
            String before = this.keys.get(row - 1);
            Expect.that(before.compareTo(key) < 0, keyColumn, key, "a key after the one before it: " + before);
        }
    }

    private double[] checked(String name, double[] values) {
        Expect.that(values.length == keys.size(), "column " + name, values.length + " values", keys.size() + " values");
        for (int row = 0; row < values.length; row++) {
            Expect.that(Double.isFinite(values[row]), name + " at " + keys.get(row), values[row], "a finite number");
        }
        return values.clone();
    }

    public int rows() {
        return keys.size();
    }

    public String keyColumn() {
        return keyColumn;
    }

    public String key(int row) {
        return keys.get(row);
    }

    public List<String> keys() {
        return keys;
    }

    /** The names of the columns, without the key's, in order. */
    public Set<String> columns() {
        return columns.keySet();
    }

    /** @throws InvalidValueException when there is no such column */
    public double value(String column, int row) {
        return column(column)[row];
    }

    double[] column(String name) {
        double[] values = columns.get(name);
        if (values == null) {
            throw new InvalidValueException("column", name, "one of " + columns.keySet());
        }
        return values;
    }

    /** The rows {@code from} (included) to {@code to} (excluded). */
    public Table slice(int from, int to) {
        Map<String, double[]> slices = new LinkedHashMap<>();
        columns.forEach((name, values) -> slices.put(name, Arrays.copyOfRange(values, from, to)));
        return new Table(keyColumn, keys.subList(from, to), slices);
    }

    /** The first row whose key is {@code key} or comes after it; {@link #rows()} when all come before it. */
    public int firstAtOrAfter(String key) {
        int found = Collections.binarySearch(keys, key);
        return found >= 0 ? found : -found - 1;
    }

    /** The row after the one with this key; {@link #rows()} when that is the last. */
    public int firstAfter(String key) {
        int found = Collections.binarySearch(keys, key);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
