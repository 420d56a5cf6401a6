package dev.laurel.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.follow.LoadedModel;
import dev.laurel.http.JsonBody;
import dev.laurel.http.JsonCheck;
import dev.laurel.http.JsonRows;
import dev.laurel.http.JsonStream;
import dev.laurel.http.JsonVector;
import dev.laurel.predict.Asked;
import dev.laurel.predict.Inputs;
import dev.laurel.predict.PredictionService;
import dev.laurel.predict.Threshold;
import dev.laurel.predict.UnansweredException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of a model, checked against it: the body of {@code POST /models/<name>/predict}, or the parameters of a {@code GET}. A body
 * holds {@code threshold} and {@code model_version} if need be, and either of:
 *
 * <ul>
 *   <li>{@code rows}: rows of the source, oldest first: each the columns that the model's signature names and, where rows follow one
 *       another, their key; other columns are let be. Features are computed by the same code as in training. One prediction for each row
 *       that has the signature's {@code warm_up} rows before it.
 *   <li>{@code features}: vectors, each with exactly the features of the signature, by name or as a list in their order. One prediction for
 *       each.
 * </ul>
 */
record PredictRequest(LoadedModel model, Threshold threshold, Inputs inputs) implements Asked {

    /** @throws UnansweredException naming what is wrong */
    static PredictRequest parse(byte[] body, LoadedModel chosen, PredictionService service) {
        Optional<PlainRequest> plain = JsonStream.read(body, body.length, json -> PlainRequest.read(json, chosen));
        return plain.isPresent() ? plain.get().of(chosen, service) : parseTree(body, chosen, service);
    }

    private static PredictRequest parseTree(byte[] body, LoadedModel chosen, PredictionService service) {
        JsonNode document = JsonCheck.object("body", JsonBody.read(body), "an object with rows or features");
        JsonCheck.keys("body", document, Set.of("rows", "features", "threshold", "model_version"));
        if (document.has("rows") == document.has("features")) {
            throw UnansweredException.invalid(
                    "body", document.has("rows") ? "rows and features" : "neither rows nor features", "one of the two");
        }
        LoadedModel model = document.has("model_version")
                ? service.expectVersion(
                        chosen, JsonCheck.text("model_version", document.get("model_version"), "text such as v7"))
                : chosen;
        Threshold threshold = document.has("threshold")
                ? new Threshold(JsonCheck.number("threshold", document.get("threshold"), "a number from 0 to 1"))
                        .of(model)
                : Threshold.DEFAULT;
        return new PredictRequest(
                model,
                threshold,
                document.has("rows")
                        ? service.ofRows(model, new JsonRows("rows", document.get("rows")))
                        : service.ofVectors(model, vectors(document.get("features"), model)));
    }

    /** @throws UnansweredException naming what is wrong */
    static PredictRequest parse(Map<String, List<String>> parameters, LoadedModel chosen, PredictionService service) {
        QueryRow row = new QueryRow(parameters, chosen);
        List<String> columns = chosen.signature().columnNames();
        String version = columns.contains("model_version") ? null : row.text("model_version");
        LoadedModel model = version == null ? chosen : service.expectVersion(chosen, version);
        String threshold = columns.contains("threshold") ? null : row.text("threshold");
        return new PredictRequest(
                model,
                threshold == null
                        ? Threshold.DEFAULT
                        : Threshold.parse(threshold).of(model),
                service.ofRowInHistory(model, row));
    }

    /** A list of numbers is one vector. */
    private static double[][] vectors(JsonNode list, LoadedModel model) {
        return JsonCheck.list("features", list).get(0).isNumber()
                ? new double[][] {JsonVector.inOrder("features", list, model)}
                : JsonVector.all("features", list, model);
    }
}
