package dev.laurel.table;

import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a source, kept by column. Where the source has a key, each row has one, in strictly rising order (the dates of a time series);
 * without one, rows are known by their place alone. Immutable.
 */
public final class Table {
    private final @Nullable String keyColumn;
    private final List<String> keys;
    private final int rows;
    private final Map<String, Column> columns;

    /** Rows with keys, of numbers alone. Takes copies of the columns; their order is kept. */
    public Table(String keyColumn, List<String> keys, Map<String, double[]> columns) {
        this(keyColumn, keys, keys.size(), copies(columns));
    }

    private Table(@Nullable String keyColumn, List<String> keys, int rows, Map<String, Column> columns) {
        this.keyColumn = keyColumn;
        this.keys = List.copyOf(keys);
        this.rows = rows;
        this.columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        this.columns.forEach(this::check);
        for (int row = 1; row < this.keys.size(); row++) {
            String key = this.keys.get(row);
            String before = this.keys.get(row - 1);
            Expect.that(
                    before.compareTo(key) < 0,
                    String.valueOf(keyColumn),
                    key,
                    "a key after the one before it: " + before);
        }
    }

    public static Table keyed(String keyColumn, List<String> keys, Map<String, Column> columns) {
        return new Table(keyColumn, keys, keys.size(), columns);
    }

    public static Table unkeyed(int rows, Map<String, Column> columns) {
        return new Table(null, List.of(), rows, columns);
    }

    private static Map<String, Column> copies(Map<String, double[]> columns) {
        Map<String, Column> copies = new LinkedHashMap<>();
        columns.forEach((name, values) -> copies.put(name, new Column.Numbers(values.clone())));
        return copies;
    }

    private void check(String name, Column column) {
        Expect.that(column.rows() == rows, "column " + name, column.rows() + " values", rows + " values");
        if (column instanceof Column.Numbers numbers) {
            for (int row = 0; row < rows; row++) {
                double value = numbers.values()[row];
                if (Double.isInfinite(value)) {
                    throw new InvalidValueException(name + " at " + place(row), value, "a finite number");
                }
            }
        }
    }

    public int rows() {
        return rows;
    }

    public boolean isKeyed() {
        return keyColumn != null;
    }

    public @Nullable String keyColumn() {
        return keyColumn;
    }

    /** @throws InvalidValueException when the rows have no keys */
    public String key(int row) {
        Expect.that(isKeyed(), "key", "none", "a source whose rows have one");
        return keys.get(row);
    }

    /** The key of a row or, without keys, null. */
    public @Nullable String keyOrNull(int row) {
        return isKeyed() ? keys.get(row) : null;
    }

    /** Where a row stands, for messages: its key, or its number from 1. */
    public String place(int row) {
        return isKeyed() ? keys.get(row) : "row " + (row + 1);
    }

    public List<String> keys() {
        return keys;
    }

    /** The names of the columns, without the key's, in order. */
    public Set<String> columns() {
        return columns.keySet();
    }

    /** @throws InvalidValueException when there is no such column */
    public Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new InvalidValueException("column", name, "one of " + columns.keySet());
        }
        return column;
    }

    /**
     * A number; NaN where it is missing.
     *
     * @throws InvalidValueException when there is no such column of numbers
     */
    public double value(String column, int row) {
        return numbers(column)[row];
    }

    /** The numbers of a column, not to be changed. */
    public double[] numbers(String name) {
        if (column(name) instanceof Column.Numbers numbers) {
            return numbers.values();
        }
        throw new InvalidValueException("column " + name, "words", "numbers");
    }

    /** A word, that of the key's column too; null where it is missing. */
    public @Nullable String word(String name, int row) {
        if (name.equals(keyColumn)) {
            return keys.get(row);
        }
        if (column(name) instanceof Column.Words words) {
            return words.values()[row];
        }
        throw new InvalidValueException("column " + name, "numbers", "words");
    }

    /**
     * Asked where rows follow one another, and not only have names.
     *
     * @throws InvalidValueException when there are no keys, or their order as texts is not that of the numbers or dates that they are
     */
    public void expectOrder() {
        if (keyColumn == null) {
            throw new InvalidValueException("key", "none", "a source whose rows have one");
        }
        KeyOrder.expect(keyColumn, keys);
    }

    public boolean isMissing(String column, int row) {
        return !column.equals(keyColumn) && column(column).isMissing(row);
    }

    /** The rows {@code from} (included) to {@code to} (excluded). */
    public Table slice(int from, int to) {
        Map<String, Column> slices = new LinkedHashMap<>();
        columns.forEach((name, column) -> slices.put(name, column.slice(from, to)));
        return new Table(keyColumn, isKeyed() ? keys.subList(from, to) : keys, to - from, slices);
    }

    /** These rows and behind them others, in the columns of the others. */
    public Table followedBy(Table others) {
        Map<String, Column> joined = new LinkedHashMap<>();
        others.columns.forEach((name, column) -> joined.put(name, column(name).followedBy(column)));
        List<String> allKeys = new ArrayList<>(keys);
        allKeys.addAll(others.keys);
        return new Table(others.keyColumn, allKeys, rows + others.rows, joined);
    }

    /** The same rows with other values in one column. */
    public Table with(String name, Column column) {
        Map<String, Column> changed = new LinkedHashMap<>(columns);
        changed.put(name, column);
        return new Table(keyColumn, keys, rows, changed);
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
