package dev.laurel.cli.predict;

import dev.laurel.definition.Definition;
import dev.laurel.model.Digest;
import dev.laurel.source.CsvText;
import dev.laurel.store.ImportedRow;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import dev.laurel.task.Target;
import dev.laurel.task.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of a table with their true answers, each with a digest of its own. */
final class RowsToImport {
    private final Target target;
    private final Table table;
    /** Null where the label itself stands in the row. */
    private final @Nullable Task task;

    private final Map<Digest, Integer> seen = new HashMap<>();

    RowsToImport(Definition definition, Table table) {
        this.target = definition.target();
        this.table = table;
        this.task = target.isOfWords() ? null : target.task(table, new int[0]);
    }

    /** Those from {@code first} (included) to {@code end} (excluded), which is asked for in order. */
    List<ImportedRow> some(int first, int end) {
        List<ImportedRow> rows = new ArrayList<>();
        for (int row = first; row < end; row++) {
            SortedMap<String, Object> columns = columns(row);
            rows.add(new ImportedRow(
                    table.keyOrNull(row), digest(table.keyOrNull(row), columns), columns, value(row), label(row)));
        }
        return rows;
    }

    private SortedMap<String, Object> columns(int row) {
        SortedMap<String, Object> columns = new TreeMap<>();
        for (String name : table.columns()) {
            Column column = table.column(name);
            if (!column.isMissing(row)) {
                columns.put(
                        name,
                        column instanceof Column.Numbers numbers
                                ? numbers.values()[row]
                                : ((Column.Words) column).values()[row]);
            }
        }
        return columns;
    }

    /** Equal rows are told apart by how many of them come before, so that each is there, and is there once. */
    private Digest digest(@Nullable String key, SortedMap<String, Object> columns) {
        CsvText text = new CsvText().field(key == null ? "" : key);
        columns.forEach((name, value) -> {
            text.field(name);
            if (value instanceof Double number) {
                text.field((double) number);
            } else {
                text.field(value.toString());
            }
        });
        Digest content = Digest.of(text.toBytes());
        int before = seen.merge(content, 1, Integer::sum) - 1;
        return before == 0
                ? content
                : Digest.of(text.field("again").field(before).toBytes());
    }

    private @Nullable Double value(int row) {
        return task == null || task.isOfLabels() || !target.isKnown(table, row)
                ? null
                : Double.valueOf(target.truth(table, row, task));
    }

    private @Nullable String label(int row) {
        if (task == null) {
            return table.word(target.column(), row);
        }
        return task.isOfLabels() && target.isKnown(table, row)
                ? task.outputNames().get((int) target.truth(table, row, task))
                : null;
    }
}
