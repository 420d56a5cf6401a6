package dev.laurel.mlflow;

import dev.laurel.follow.LoadedModel;
import dev.laurel.http.JsonStream;
import dev.laurel.http.TypedRows;
import dev.laurel.predict.Inputs;
import dev.laurel.predict.PredictionService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A body without parameters: vectors in the order of the signature, or rows of its columns. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PlainScoring(double @Nullable [][] vectors, @Nullable TypedRows rows) {
    static PlainScoring read(JsonStream json, LoadedModel model) throws IOException {
        String form = json.key();
        json.expect(form != null);
        PlainScoring read = switch (Objects.requireNonNull(form)) {
            case "dataframe_split" -> {
                json.object();
                yield new PlainScoring(null, split(json, model));
            }
            case "dataframe_records" -> {
                json.list();
                yield new PlainScoring(null, TypedRows.ofObjects(form, json, model));
            }
            case "instances", "inputs" -> {
                json.list();
                yield json.isList()
                        ? new PlainScoring(
                                json.vectors(model.signature().features().size()), null)
                        : new PlainScoring(null, TypedRows.ofObjects(form, json, model));
            }
            default -> new PlainScoring(null, null);
        };
        json.expect(read.vectors != null || read.rows != null);
        json.expect(json.key() == null);
        return read;
    }

    /** The index of pandas says nothing here. */
    private static TypedRows split(JsonStream json, LoadedModel model) throws IOException {
        List<String> columns = null;
        TypedRows rows = null;
        boolean indexed = false;
        for (String key = json.key(); key != null; key = json.key()) {
            switch (key) {
                case "index" -> {
                    json.expect(!indexed);
                    indexed = true;
                    json.list();
                    do {
                        json.expect(!json.isList() && !json.isObject());
                    } while (json.next());
                }
                case "columns" -> {
                    json.expect(columns == null);
                    columns = new ArrayList<>();
                    json.list();
                    do {
                        columns.add(json.text());
                    } while (json.next());
                }
                case "data" -> {
                    json.expect(columns != null && rows == null);
                    json.list();
                    rows = TypedRows.ofLists("dataframe_split.data", Objects.requireNonNull(columns), json, model);
                }
                default -> json.expect(false);
            }
        }
        json.expect(rows != null);
        return Objects.requireNonNull(rows);
    }

    Inputs inputs(LoadedModel model, PredictionService service) {
        return rows == null ? service.ofVectors(model, Objects.requireNonNull(vectors)) : service.ofRows(model, rows);
    }
}
