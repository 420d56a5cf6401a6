package dev.laurel.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.follow.LoadedModel;
import dev.laurel.http.JsonBody;
import dev.laurel.http.JsonCheck;
import dev.laurel.http.JsonRows;
import dev.laurel.http.JsonStream;
import dev.laurel.http.JsonVector;
import dev.laurel.predict.Asked;
import dev.laurel.predict.GivenRows;
import dev.laurel.predict.Inputs;
import dev.laurel.predict.PredictionService;
import dev.laurel.predict.Threshold;
import dev.laurel.predict.UnansweredException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body of {@code invocations}, checked against the model that is to answer it. */
record ScoringRequest(Threshold threshold, Inputs inputs) implements Asked {
    private static final String PARAMS = "params";
    private static final Set<String> FORMS = Set.of("dataframe_split", "dataframe_records", "instances", "inputs");
    private static final Set<String> KEYS =
            Set.of("dataframe_split", "dataframe_records", "instances", "inputs", PARAMS);

    static ScoringRequest ofCsv(byte[] body, LoadedModel model, PredictionService service) {
        CsvRows rows = new CsvRows(body);
        return new ScoringRequest(Threshold.DEFAULT, ofRows(rows, rows.columns(), model, service));
    }

    static ScoringRequest ofJson(byte[] body, LoadedModel model, PredictionService service) {
        return JsonStream.read(body, body.length, json -> PlainScoring.read(json, model))
                .map(plain -> new ScoringRequest(Threshold.DEFAULT, plain.inputs(model, service)))
                .orElseGet(() -> ofTree(body, model, service));
    }

    private static ScoringRequest ofTree(byte[] body, LoadedModel model, PredictionService service) {
        JsonNode document = JsonCheck.object(
                "body", JsonBody.read(body), "an object with dataframe_split, dataframe_records, instances or inputs");
        JsonCheck.keys("body", document, KEYS);
        List<String> forms = FORMS.stream().filter(document::has).sorted().toList();
        if (forms.size() != 1) {
            throw UnansweredException.invalid(
                    "body",
                    forms.isEmpty() ? "no rows" : String.join(" and ", forms),
                    "one of " + String.join(", ", FORMS.stream().sorted().toList()));
        }
        String form = forms.get(0);
        return new ScoringRequest(
                threshold(document.get(PARAMS), model), inputs(form, document.get(form), model, service));
    }

    private static Inputs inputs(String form, JsonNode node, LoadedModel model, PredictionService service) {
        if (form.equals("dataframe_split")) {
            SplitRows rows = new SplitRows(node);
            return ofRows(rows, rows.columns(), model, service);
        }
        if (form.equals("inputs") && node.isObject()) {
            ColumnRows rows = new ColumnRows(node);
            return ofRows(rows, rows.columns(), model, service);
        }
        if (!form.equals("dataframe_records")
                && JsonCheck.list(form, node).get(0).isArray()) {
            return service.ofVectors(model, JsonVector.all(form, node, model));
        }
        JsonRows rows = new JsonRows(form, node);
        return ofRows(rows, rows.columns(), model, service);
    }

    /** A column that is misspelt, and may be missing, would otherwise be filled in without a word. */
    private static Inputs ofRows(GivenRows rows, Set<String> columns, LoadedModel model, PredictionService service) {
        Set<String> known = model.namedColumns();
        for (String column : columns) {
            if (!known.contains(column)) {
                throw UnansweredException.invalid(
                        "column", column, "one that the definition names: " + String.join(", ", known));
            }
        }
        return service.ofRows(model, rows);
    }

    private static Threshold threshold(@Nullable JsonNode params, LoadedModel model) {
        if (params == null || params.isNull()) {
            return Threshold.DEFAULT;
        }
        JsonCheck.keys(PARAMS, JsonCheck.object(PARAMS, params, "an object"), Set.of("threshold"));
        JsonNode threshold = params.get("threshold");
        return threshold == null
                ? Threshold.DEFAULT
                : new Threshold(JsonCheck.number("params.threshold", threshold, "a number from 0 to 1")).of(model);
    }
}
