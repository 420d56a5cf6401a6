package dev.laurel.predict;

import dev.laurel.feature.Filling;
import dev.laurel.feature.Missing;
import dev.laurel.follow.LoadedModel;
import dev.laurel.predictor.Signature.SourceColumn;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of a request as a table of the columns that the model asks for. */
final class RowTable {
    private final GivenRows rows;
    private final LoadedModel model;
    private final Set<String> mayBeMissing;
    private final Warnings warnings;

    /** @param warnings gets words that training never saw */
    RowTable(GivenRows rows, LoadedModel model, Warnings warnings) {
        this.rows = rows;
        this.warnings = warnings;
        this.model = model;
        this.mayBeMissing = model.definition().fillings().stream()
                .filter(filling -> filling.missing() != Missing.DROP)
                .map(Filling::column)
                .collect(Collectors.toSet());
    }

    Table table() {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (SourceColumn column : model.signature().columns()) {
            columns.put(
                    column.name(),
                    column.type() == SourceColumn.Type.NUMBER ? numbers(column.name()) : words(column.name()));
        }
        String key = model.signature().key();
        return key == null || !(model.needsKey() || rows.has(0, key))
                ? Table.unkeyed(rows.count(), columns)
                : Table.keyed(key, keys(key), columns);
    }

    private List<String> keys(String key) {
        List<String> keys = new ArrayList<>();
        for (int row = 0; row < rows.count(); row++) {
            expectPresent(row, key);
            keys.add(rows.key(row, key));
        }
        return keys;
    }

    private Column numbers(String column) {
        double[] values = new double[rows.count()];
        for (int row = 0; row < values.length; row++) {
            values[row] = isMissing(row, column) ? Double.NaN : rows.number(row, column);
        }
        return new Column.Numbers(values);
    }

    private Column words(String column) {
        @Nullable String[] values = new String[rows.count()];
        for (int row = 0; row < values.length; row++) {
            String word = isMissing(row, column) ? null : rows.word(row, column);
            values[row] = word;
            if (word != null && !model.features().knows(column, word)) {
                warnings.add(rows.place(row, column), word, "a word of the training rows");
            }
        }
        return new Column.Words(values);
    }

    /** @throws UnansweredException when it is missing and must not be */
    private boolean isMissing(int row, String column) {
        if (mayBeMissing.contains(column)) {
            return !rows.has(row, column) || rows.isNull(row, column);
        }
        expectPresent(row, column);
        return false;
    }

    private void expectPresent(int row, String column) {
        if (!rows.has(row, column)) {
            throw UnansweredException.invalid(rows.place(row, column), "missing", "a value");
        }
    }
}
