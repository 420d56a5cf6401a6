package dev.laurel.api;

import dev.laurel.follow.LoadedModel;
import dev.laurel.http.JsonStream;
import dev.laurel.http.TypedRows;
import dev.laurel.predict.Inputs;
import dev.laurel.predict.PredictionService;
import dev.laurel.predict.Threshold;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A body that names no version: vectors in the order of the signature, or rows of its columns. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PlainRequest(
        double @Nullable [][] vectors,
        @Nullable TypedRows rows,
        @Nullable Double threshold) {
    static PlainRequest read(JsonStream json, LoadedModel model) throws IOException {
        double[][] vectors = null;
        TypedRows rows = null;
        Double threshold = null;
        for (String key = json.key(); key != null; key = json.key()) {
            switch (key) {
                case "features" -> {
                    json.expect(vectors == null);
                    vectors = vectors(json, model.signature().features().size());
                }
                case "rows" -> {
                    json.expect(rows == null);
                    json.list();
                    rows = TypedRows.ofObjects(key, json, model);
                }
                case "threshold" -> {
                    json.expect(threshold == null);
                    json.value();
                    threshold = json.number();
                }
                default -> json.expect(false);
            }
        }
        json.expect((vectors == null) != (rows == null));
        return new PlainRequest(vectors, rows, threshold);
    }

    /** A list of numbers is one vector. */
    private static double[][] vectors(JsonStream json, int width) throws IOException {
        json.list();
        return json.isList() ? json.vectors(width) : new double[][] {json.numbers(width)};
    }

    PredictRequest of(LoadedModel model, PredictionService service) {
        Threshold own = threshold == null ? Threshold.DEFAULT : new Threshold(threshold).of(model);
        Inputs inputs =
                rows == null ? service.ofVectors(model, Objects.requireNonNull(vectors)) : service.ofRows(model, rows);
        return new PredictRequest(model, own, inputs);
    }
}
