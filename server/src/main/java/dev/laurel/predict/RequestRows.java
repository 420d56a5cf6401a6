package dev.laurel.predict;

import com.fasterxml.jackson.databind.JsonNode;
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

/** Rows of the source in a request, oldest first, as a table of the columns that the model asks for. */
final class RequestRows {
    private final JsonNode rows;
    private final LoadedModel model;
    private final Set<String> mayBeMissing;

    RequestRows(JsonNode rows, LoadedModel model) {
        this.rows = rows;
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
        return key == null || !needsKey(key)
                ? Table.unkeyed(rows.size(), columns)
                : Table.keyed(key, keys(key), columns);
    }

    /** A key that neither orders rows nor is read as a date may be left out. */
    private boolean needsKey(String key) {
        return model.features().warmUp() > 0
                || rows.get(0).has(key)
                || model.definition().features().stream()
                        .anyMatch(feature -> feature.words().contains(key));
    }

    private List<String> keys(String key) {
        List<String> keys = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            JsonNode value = PredictRequest.present(at(row), rows.get(row), key);
            if (!value.isTextual()) {
                throw ProblemException.badRequest(
                        at(row) + "." + key, PredictRequest.kind(value), "text such as 2020-04-17");
            }
            keys.add(value.textValue());
        }
        return keys;
    }

    private Column numbers(String column) {
        double[] values = new double[rows.size()];
        for (int row = 0; row < values.length; row++) {
            JsonNode value = value(column, row);
            values[row] = value == null
                    ? Double.NaN
                    : value.isBoolean()
                            ? (value.booleanValue() ? 1 : 0)
                            : PredictRequest.number(at(row) + "." + column, value, "a number");
        }
        return new Column.Numbers(values);
    }

    private Column words(String column) {
        @Nullable String[] values = new String[rows.size()];
        for (int row = 0; row < values.length; row++) {
            JsonNode value = value(column, row);
            if (value != null && !value.isTextual() && !value.isBoolean() && !value.isIntegralNumber()) {
                throw ProblemException.badRequest(at(row) + "." + column, PredictRequest.kind(value), "text");
            }
            values[row] = value == null ? null : value.asText();
        }
        return new Column.Words(values);
    }

    /** Null where it is missing and may be. */
    private @Nullable JsonNode value(String column, int row) {
        JsonNode value = rows.get(row).get(column);
        if ((value == null || value.isNull()) && mayBeMissing.contains(column)) {
            return null;
        }
        return PredictRequest.present(at(row), rows.get(row), column);
    }

    private static String at(int row) {
        return "rows[" + row + "]";
    }
}
