package dev.laurel.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.http.JsonCells;
import dev.laurel.http.JsonCheck;
import dev.laurel.predict.UnansweredException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code dataframe_split}: the names of the columns, and rows as lists in their order. */
final class SplitRows extends JsonCells {
    private static final String NAME = "dataframe_split";

    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final JsonNode data;

    SplitRows(JsonNode split) {
        JsonCheck.keys(NAME, JsonCheck.object(NAME, split, "an object"), Set.of("columns", "index", "data"));
        JsonNode columns = JsonCheck.list(NAME + ".columns", split.get("columns"));
        for (int i = 0; i < columns.size(); i++) {
            String at = "%s.columns[%s]".formatted(NAME, i);
            String column = JsonCheck.text(at, columns.get(i), "text");
            if (places.put(column, i) != null) {
                throw UnansweredException.invalid(at, column, "each column once");
            }
        }
        data = JsonCheck.list(NAME + ".data", split.get("data"));
        for (int row = 0; row < data.size(); row++) {
            JsonNode values = data.get(row);
            if (!values.isArray() || values.size() != columns.size()) {
                throw UnansweredException.invalid(
                        "%s.data[%s]".formatted(NAME, row),
                        values.isArray() ? values.size() + " values" : JsonCheck.kind(values),
                        "a list of %s, one for each column".formatted(columns.size()));
            }
        }
    }

    @Override
    public Set<String> columns() {
        return places.keySet();
    }

    @Override
    public int count() {
        return data.size();
    }

    @Override
    protected @Nullable JsonNode cell(int row, String column) {
        Integer place = places.get(column);
        return place == null ? null : data.get(row).get(place);
    }

    @Override
    public String place(int row, String column) {
        return "%s.data[%s].%s".formatted(NAME, row, column);
    }
}
