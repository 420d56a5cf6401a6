package dev.laurel.predict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.feature.FittedFeatures;
import dev.laurel.follow.LoadedModel;
import dev.laurel.model.InvalidValueException;
import dev.laurel.table.Table;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /models/<name>/predict}, checked against the model that is to answer it. It holds {@code threshold} if need be,
 * and either of:
 *
 * <ul>
 *   <li>{@code rows}: rows of the source, oldest first: each the columns that the model's signature names and, where rows follow one
 *       another, their key; other columns are let be. Features are computed by the same code as in training. One prediction for each row
 *       that has the signature's {@code warm_up} rows before it.
 *   <li>{@code features}: vectors, each with exactly the features of the signature, by name or as a list in their order. One prediction for
 *       each.
 * </ul>
 */
record PredictRequest(Threshold threshold, List<Input> inputs) {
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
                ? new Threshold(number("threshold", document.get("threshold"), "a number from 0 to 1")).of(model)
                : Threshold.DEFAULT;
        String key = document.has("rows") ? "rows" : "features";
        JsonNode list = document.get(key);
        if (!list.isArray() || list.isEmpty()) {
            throw ProblemException.badRequest(key, kind(list), "a list, not empty");
        }
        try {
            return new PredictRequest(threshold, key.equals("rows") ? ofRows(list, model) : ofFeatures(list, model));
        } catch (InvalidValueException e) {
            throw ProblemException.badRequest(e);
        }
    }

    private static List<Input> ofRows(JsonNode rows, LoadedModel model) {
        FittedFeatures features = model.features();
        if (rows.size() <= features.warmUp()) {
            throw ProblemException.badRequest(
                    "rows",
                    rows.size(),
                    "at least %s: %s to look back at and 1 to predict for"
                            .formatted(features.warmUp() + 1, features.warmUp()));
        }
        for (int i = 0; i < rows.size(); i++) {
            object("rows[" + i + "]", rows.get(i));
        }
        Table table = features.filled(new RequestRows(rows, model).table());
        List<Input> inputs = new ArrayList<>();
        for (int row = features.warmUp(); row < table.rows(); row++) {
            inputs.add(new Input(features.vector(table, row), table.keyOrNull(row)));
        }
        return inputs;
    }

    /** Vectors by name or in the order of the signature; a list of numbers is one vector. */
    private static List<Input> ofFeatures(JsonNode vectors, LoadedModel model) {
        List<String> features = model.signature().features();
        if (vectors.get(0).isNumber()) {
            return List.of(new Input(inOrder("features", vectors, features), null));
        }
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            String at = "features[" + i + "]";
            JsonNode vector = vectors.get(i);
            inputs.add(new Input(
                    vector.isArray() ? inOrder(at, vector, features) : byName(at, object(at, vector), features), null));
        }
        return inputs;
    }

    private static double[] byName(String at, JsonNode named, List<String> features) {
        checkKeys(at, named, Set.copyOf(features));
        return features.stream()
                .mapToDouble(name -> number(at + "." + name, present(at, named, name), "a number"))
                .toArray();
    }

    private static double[] inOrder(String at, JsonNode list, List<String> features) {
        if (list.size() != features.size()) {
            throw ProblemException.badRequest(
                    at, list.size() + " numbers", features.size() + ": " + String.join(", ", features));
        }
        double[] vector = new double[features.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = number(at + "[" + i + "]", list.get(i), "a number");
        }
        return vector;
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

    static JsonNode present(String at, JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            throw ProblemException.badRequest(at + "." + name, "missing", "a value");
        }
        return value;
    }

    static double number(String at, JsonNode node, String expected) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw ProblemException.badRequest(at, node.isValueNode() ? shown(node) : kind(node), expected);
        }
        return node.doubleValue();
    }

    /** Text in its quotes, or it would look like the number that was meant. */
    private static String shown(JsonNode value) {
        return value.isTextual() ? '"' + value.textValue() + '"' : value.asText();
    }

    static String kind(JsonNode node) {
        String type = node.getNodeType().name().toLowerCase(Locale.ROOT);
        return node.isContainerNode() && node.isEmpty() ? "empty " + type : type;
    }
}
