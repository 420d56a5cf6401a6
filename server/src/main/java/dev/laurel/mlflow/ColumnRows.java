package dev.laurel.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.http.JsonCells;
import dev.laurel.predict.UnansweredException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code inputs} as an object: a list for each column, or a value for each where there is one row. */
final class ColumnRows extends JsonCells {
    private static final String NAME = "inputs";

    private final JsonNode columns;
    private final int count;

    ColumnRows(JsonNode columns) {
        this.columns = columns;
        if (columns.isEmpty()) {
            throw UnansweredException.invalid(NAME, "empty object", "a list for each column");
        }
        this.count = length(columns.iterator().next());
        for (Map.Entry<String, JsonNode> column : columns.properties()) {
            if (length(column.getValue()) != count || count == 0) {
                throw UnansweredException.invalid(
                        NAME + "." + column.getKey(),
                        length(column.getValue()) + " values",
                        count == 0 ? "at least one" : count + ", as the first column has");
            }
        }
    }

    private static int length(JsonNode values) {
        return values.isArray() ? values.size() : 1;
    }

    @Override
    public Set<String> columns() {
        Set<String> names = new LinkedHashSet<>();
        columns.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    protected @Nullable JsonNode cell(int row, String column) {
        JsonNode values = columns.get(column);
        return values != null && values.isArray() ? values.get(row) : values;
    }

    @Override
    public String place(int row, String column) {
        return "%s.%s[%s]".formatted(NAME, column, row);
    }
}
