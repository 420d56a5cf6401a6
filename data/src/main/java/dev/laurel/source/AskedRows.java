package dev.laurel.source;

import dev.laurel.source.CsvTable.Asked;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are read one after another. Of their columns those that are asked for become a table, in the order of their names, so that the
 * same columns in another order give the same table.
 */
final class AskedRows {
    private final @Nullable String key;
    private final @Nullable SortedKeys keys;
    private final List<String> names = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private final List<Cells> cells = new ArrayList<>();
    private final List<String> passedOver;
    private int keyPlace;
    private int rows;

    /**
     * @param header the names of all columns
     * @param dateFormat how keys are written that are dates; null for keys that stay as they are
     * @param missing which fields stand for a missing value
     * @param place where a column stands in the header; throws when it is not there
     */
    AskedRows(
            List<String> header,
            @Nullable String key,
            @Nullable String dateFormat,
            Asked asked,
            NumberText numbers,
            Predicate<String> missing,
            ToIntFunction<String> place) {
        this.key = key;
        this.keys = key == null ? null : new SortedKeys(key, dateFormat);
        names.addAll(asked.columns() == null ? header : new TreeSet<>(asked.columns()));
        if (!asked.all()) {
            names.retainAll(header);
        }
        if (key != null) {
            names.remove(key);
            keyPlace = place.applyAsInt(key);
        }
        for (String name : names) {
            places.add(place.applyAsInt(name));
            cells.add(Cells.of(name, asked.words().contains(name), numbers, missing));
        }
        passedOver = new ArrayList<>(header);
        passedOver.removeAll(names);
        passedOver.remove(key);
    }

    /** The columns that are read, without the key's. */
    List<String> names() {
        return names;
    }

    /** Where each of them stands in the header. */
    List<Integer> places() {
        return places;
    }

    /** The columns that nothing asks for. */
    List<String> passedOver() {
        return passedOver;
    }

    int rows() {
        return rows;
    }

    /**
     * @param number where the row stands in what is read, for messages
     * @param field the text of a column by its place
     */
    void row(long number, IntFunction<String> field) {
        rows++;
        if (keys != null) {
            keys.add(field.apply(keyPlace), (int) number);
        }
        for (int i = 0; i < cells.size(); i++) {
            cells.get(i).add(field.apply(places.get(i)));
        }
    }

    /**
     * @param file the name of what was read, for messages
     * @throws dev.laurel.yaml.InvalidDocumentException when a key comes twice
     */
    Table table(String file) {
        int[] order = keys == null ? null : keys.order(file);
        Map<String, Column> columns = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            columns.put(names.get(i), cells.get(i).column(order));
        }
        return keys == null || key == null
                ? Table.unkeyed(rows, columns)
                : Table.keyed(key, keys.inOrder(order), columns);
    }
}
