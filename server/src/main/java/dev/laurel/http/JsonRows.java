package dev.laurel.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A list of objects, each with the columns of a row by name. */
public final class JsonRows extends JsonCells {
    private final String name;
    private final JsonNode rows;

    /** @param name of the list in its document */
    public JsonRows(String name, JsonNode rows) {
        this.name = name;
        this.rows = JsonCheck.list(name, rows);
        for (int row = 0; row < rows.size(); row++) {
            JsonCheck.object(name + "[" + row + "]", rows.get(row), "an object");
        }
    }

    @Override
    public int count() {
        return rows.size();
    }

    @Override
    public Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
        return columns;
    }

    @Override
    protected @Nullable JsonNode cell(int row, String column) {
        return rows.get(row).get(column);
    }

    @Override
    public String place(int row, String column) {
        return "%s[%s].%s".formatted(name, row, column);
    }
}
