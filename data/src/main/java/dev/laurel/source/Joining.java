package dev.laurel.source;

import dev.laurel.definition.Source;
import dev.laurel.definition.Source.Joined.How;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts beside each row of one table a row of another, which is known by its key. */
final class Joining {
    /** The row of the other table where there is none. */
    private static final int NONE = -1;

    private final Source.Joined source;

    Joining(Source.Joined source) {
        this.source = source;
    }

    /** The column of the left table that is looked up. @throws InvalidValueException when neither the source nor its left one says */
    String on() {
        String on = source.on() == null ? Shape.key(source.left().effective()) : source.on();
        if (on == null) {
            throw new InvalidValueException("on", "missing", "a column of the left source, whose rows have no key");
        }
        return on;
    }

    String prefix() {
        return source.prefix() == null ? "" : source.prefix();
    }

    /**
     * The rows of the left one, with those columns of both that are asked for, in the order of their names. What the right one has no row for
     * is missing.
     *
     * @throws InvalidValueException when the right one has no keys, or a column is in none of the two, or in both
     */
    Table join(Table left, Table right, CsvTable.Asked asked) {
        Expect.that(right.isKeyed(), "right", source.right().described(), "a source whose rows have a key");
        if (source.how() == How.NEWEST_BEFORE) {
            right.expectOrder();
        }
        SortedSet<String> names = new TreeSet<>(asked.columns() == null ? left.columns() : asked.columns());
        names.removeIf(name -> name.equals(left.keyColumn()));
        Expect.that(
                !names.contains(on()) || asked.words().contains(on()),
                "on",
                on(),
                "a column that no feature reads as a number; one-hot and ordinal read words");
        int[] rows = new int[left.rows()];
        Arrays.setAll(rows, row -> match(left.word(on(), row), right));
        Map<String, Column> columns = new LinkedHashMap<>();
        for (String name : names) {
            String there = name.startsWith(prefix()) ? name.substring(prefix().length()) : "";
            boolean inRight = right.columns().contains(there);
            if (left.columns().contains(name)) {
                Expect.that(
                        !inRight,
                        "column " + name,
                        "in both sources",
                        "in one of them; 'prefix' puts something before the names of the right one");
                columns.put(name, left.column(name));
            } else if (inRight) {
                columns.put(name, right.column(there).rows(rows));
            } else {
                Expect.that(!asked.all(), "column " + name, "in none of the two sources", "in one of them");
            }
        }
        return left.keyColumn() == null
                ? Table.unkeyed(left.rows(), columns)
                : Table.keyed(left.keyColumn(), left.keys(), columns);
    }

    private int match(@Nullable String value, Table right) {
        if (value == null) {
            return NONE;
        }
        int row = right.firstAfter(value) - 1;
        if (row < 0) {
            return NONE;
        }
        String key = right.key(row);
        if (key.equals(value)) {
            return row;
        }
        return source.how() == How.EXACT || isTooOld(key, value) ? NONE : row;
    }

    private boolean isTooOld(String key, String value) {
        return source.maxDays() != null
                && Duration.between(time(key), time(value)).compareTo(Duration.ofDays(source.maxDays())) > 0;
    }

    private static LocalDateTime time(String text) {
        try {
            return text.length() <= 10
                    ? LocalDate.parse(text).atStartOfDay()
                    : LocalDateTime.parse(text.replace(' ', 'T').replaceFirst("Z$", ""));
        } catch (DateTimeException e) {
            throw new InvalidValueException("key", "'" + text + "'", "a date such as 2020-04-17, beside max_days");
        }
    }
}
