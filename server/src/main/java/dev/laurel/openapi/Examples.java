package dev.laurel.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.follow.LoadedModel;
import dev.laurel.http.JsonRows;
import dev.laurel.predict.PredictionService;
import dev.laurel.predict.UnansweredException;
import dev.laurel.predict.UsualRow;
import dev.laurel.predictor.Signature.SourceColumn;
import dev.laurel.table.Table;
import java.util.Optional;

/** Requests that work when they are pasted: each has been tried before it is shown. */
final class Examples {
    /** More would be in the way of whoever reads. */
    private static final int MOST_ROWS = 30;

    private final PredictionService service;
    private final LoadedModel model;

    Examples(PredictionService service, LoadedModel model) {
        this.service = service;
        this.model = model;
    }

    /** The median of each feature. */
    ArrayNode vector() {
        ArrayNode vector = JsonNodeFactory.instance.arrayNode();
        model.typicalVector().forEach(vector::add);
        return vector;
    }

    /** Rows that give one answer; empty where none are known that do. */
    Optional<ArrayNode> rows() {
        if (model.features().warmUp() >= MOST_ROWS) {
            return Optional.empty();
        }
        try {
            ArrayNode rows = model.isSeries() ? newest() : typical();
            var unused = service.ofRows(model, new JsonRows("rows", rows));
            return Optional.of(rows);
        } catch (UnansweredException e) {
            return Optional.empty();
        }
    }

    private ArrayNode newest() {
        Table table = service.newestRows(model);
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < table.rows(); i++) {
            ObjectNode row = rows.addObject();
            row.put(String.valueOf(table.keyColumn()), table.key(i));
            for (SourceColumn column : model.signature().columns()) {
                if (!table.isMissing(column.name(), i)) {
                    put(row, column, table, i);
                }
            }
        }
        return rows;
    }

    private static void put(ObjectNode row, SourceColumn column, Table table, int i) {
        if (column.type() == SourceColumn.Type.NUMBER) {
            row.put(column.name(), table.value(column.name(), i));
        } else {
            row.put(column.name(), table.word(column.name(), i));
        }
    }

    /** Where nothing is known of a column, any number, or any day. */
    private ArrayNode typical() {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        ObjectNode row = rows.addObject();
        UsualRow usual = UsualRow.of(model);
        for (SourceColumn column : model.signature().columns()) {
            if (column.type() == SourceColumn.Type.NUMBER) {
                row.put(column.name(), (Double) usual.values().getOrDefault(column.name(), 1.0));
            } else {
                row.put(column.name(), (String) usual.values().getOrDefault(column.name(), "2020-04-17"));
            }
        }
        return rows;
    }
}
