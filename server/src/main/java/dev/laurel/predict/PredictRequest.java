package dev.laurel.predict;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.feature.FeaturePipeline;
import dev.laurel.feature.Table;
import dev.laurel.follow.LoadedModel;
import dev.laurel.model.InvalidValueException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /models/<name>/predict}, checked against the model that is to answer it. It holds {@code threshold} if need be,
 * and either of:
 *
 * <ul>
 *   <li>{@code rows}: rows of the source, oldest first: each a {@code date} and the columns that the model's signature names; other columns
 *       are let be. Features are computed by the same code as in training. One prediction for each row that has the signature's
 *       {@code warm_up} rows before it.
 *   <li>{@code features}: vectors, each with exactly the features of the signature by name. One prediction for each.
 * </ul>
 */
record PredictRequest(Threshold threshold, List<Input> inputs) {
    private static final String KEY = "date";

    /** What one prediction is made from. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Input(double[] vector, @Nullable String key) {}

    /** @throws ProblemException 400, naming what is wrong */
    static PredictRequest parse(byte[] body, LoadedModel model) {
        JsonNode document = JsonBody.read(body);
        if (!document.isObject()) {
            throw ProblemException.badRequest("body", kind(document), "an object with rows or features");
        }
        checkKeys("body", document, Set.of("rows", "features", "threshold"));
        if (document.has("rows") == document.has("features")) {
            throw ProblemException.badRequest(
                    "body", document.has("rows") ? "rows and features" : "neither rows nor features", "one of the two");
        }
        Threshold threshold = document.has("threshold")
                ? new Threshold(number("threshold", document.get("threshold"), "a number from 0 to 1"))
                : Threshold.DEFAULT;
        String key = document.has("rows") ? "rows" : "features";
        JsonNode list = document.get(key);
        if (!list.isArray() || list.isEmpty()) {
            throw ProblemException.badRequest(key, kind(list), "a list of objects, not empty");
        }
        try {
            return new PredictRequest(threshold, key.equals("rows") ? ofRows(list, model) : ofFeatures(list, model));
        } catch (InvalidValueException e) {
            throw ProblemException.badRequest(e);
        }
    }

    private static List<Input> ofRows(JsonNode rows, LoadedModel model) {
        FeaturePipeline pipeline = model.pipeline();
        if (rows.size() <= pipeline.warmUp()) {
            throw ProblemException.badRequest(
                    "rows",
                    rows.size(),
                    "at least %d: %d to look back at and 1 to predict for"
                            .formatted(pipeline.warmUp() + 1, pipeline.warmUp()));
        }
        Table table = table(rows, model.signature().columns());
        List<Input> inputs = new ArrayList<>();
        for (int row = pipeline.warmUp(); row < table.rows(); row++) {
            inputs.add(new Input(pipeline.vector(table, row), table.key(row)));
        }
        return inputs;
    }

    private static Table table(JsonNode rows, List<String> columns) {
        List<String> keys = new ArrayList<>();
        Map<String, double[]> values = new LinkedHashMap<>();
        columns.forEach(column -> values.put(column, new double[rows.size()]));
        for (int i = 0; i < rows.size(); i++) {
            String at = "rows[" + i + "]";
            JsonNode row = object(at, rows.get(i));
            JsonNode key = present(at, row, KEY);
            if (!key.isTextual()) {
                throw ProblemException.badRequest(at + "." + KEY, kind(key), "text such as 2020-04-17");
            }
            keys.add(key.textValue());
            for (String column : columns) {
                JsonNode value = present(at, row, column);
                requireNonNull(values.get(column))[i] = number(at + "." + column, value, "a number");
            }
        }
        return new Table(KEY, keys, values);
    }

    private static List<Input> ofFeatures(JsonNode vectors, LoadedModel model) {
        List<String> features = model.signature().features();
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            String at = "features[" + i + "]";
            JsonNode named = object(at, vectors.get(i));
            checkKeys(at, named, Set.copyOf(features));
            double[] vector = new double[features.size()];
            for (int feature = 0; feature < vector.length; feature++) {
                String name = features.get(feature);
                vector[feature] = number(at + "." + name, present(at, named, name), "a number");
            }
            inputs.add(new Input(vector, null));
        }
        return inputs;
    }

    private static void checkKeys(String at, JsonNode object, Set<String> known) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw ProblemException.badRequest(
                        at, "unknown key " + name, "one of " + String.join(", ", sorted(known)));
            }
        }
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    private static JsonNode object(String at, JsonNode node) {
        if (!node.isObject()) {
            throw ProblemException.badRequest(at, kind(node), "an object");
        }
        return node;
    }

    private static JsonNode present(String at, JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            throw ProblemException.badRequest(at + "." + name, "missing", "a value");
        }
        return value;
    }

    private static double number(String at, JsonNode node, String expected) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw ProblemException.badRequest(at, node.isValueNode() ? shown(node) : kind(node), expected);
        }
        return node.doubleValue();
    }

    /** Text in its quotes, or it would look like the number that was meant. */
    private static String shown(JsonNode value) {
        return value.isTextual() ? '"' + value.textValue() + '"' : value.asText();
    }

    private static String kind(JsonNode node) {
        String type = node.getNodeType().name().toLowerCase(Locale.ROOT);
        return node.isContainerNode() && node.isEmpty() ? "empty " + type : type;
    }
}
