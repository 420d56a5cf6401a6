package dev.laurel.openapi;

import static dev.laurel.openapi.Schemas.json;
import static dev.laurel.openapi.Schemas.listOf;
import static dev.laurel.openapi.Schemas.object;
import static dev.laurel.openapi.Schemas.objectOf;
import static dev.laurel.openapi.Schemas.operation;
import static dev.laurel.openapi.Schemas.reference;
import static dev.laurel.openapi.Schemas.type;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.drift.Profile.Distribution;
import dev.laurel.feature.Filling;
import dev.laurel.feature.Missing;
import dev.laurel.follow.LoadedModel;
import dev.laurel.predict.PredictionService;
import dev.laurel.predictor.Signature;
import dev.laurel.predictor.Signature.SourceColumn;
import dev.laurel.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The paths of one model, with the fields that it has. */
final class ModelPaths {
    private final LoadedModel model;
    private final String name;
    private final Signature signature;
    private final Task task;
    private final ArrayNode exampleVector;
    private final Optional<ArrayNode> exampleRows;

    ModelPaths(LoadedModel model, PredictionService service) {
        this.model = model;
        this.name = model.pin().model().value();
        this.signature = model.signature();
        this.task = signature.task();
        Examples examples = new Examples(service, model);
        this.exampleVector = examples.vector();
        this.exampleRows = examples.rows();
    }

    void add(ObjectNode paths, ObjectNode schemas) {
        schemas.set(name + "-row", row());
        schemas.set(name + "-vector", vector());
        schemas.set(name + "-answer", answer());
        ObjectNode predict = paths.putObject("/models/" + name + "/predict");
        predict.set("post", post("predict-" + name));
        predict.set("get", query("query-" + name));
        paths.putObject("/models/" + name)
                .set(
                        "get",
                        operation(
                                name,
                                "show-" + name,
                                "Signature, definition, pin and history",
                                type("object"),
                                "Problem"));
        report(paths, "sync", "What answers here, and how what is pinned came here", "SyncReport");
        report(paths, "live", "How champion and challenger do on the traffic of this server", "LiveReport");
        report(paths, "drift", "How far what was asked here is from the training rows", "DriftReport");
        paths.putObject("/models/" + name + "/invocations").set("post", invocations());
        paths.putObject("/v2/models/" + name + "/infer").set("post", infer());
        paths.putObject("/v2/models/" + name)
                .set("get", operation(name, "tensors-" + name, "Its tensors", reference("OipModel"), "OipError"));
        paths.putObject("/v2/models/" + name + "/ready")
                .set("get", operation(name, "ready-" + name, "Whether it answers", reference("OipReady"), "OipError"));
    }

    private void report(ObjectNode paths, String what, String summary, String schema) {
        paths.putObject("/models/" + name + "/" + what)
                .set("get", operation(name, what + "-" + name, summary, reference(schema), "Problem"));
    }

    /** Where it is the only one. */
    void addShort(ObjectNode paths) {
        ObjectNode predict = paths.putObject("/predict");
        predict.set("post", post("predict"));
        predict.set("get", query("query"));
    }

    private ObjectNode post(String id) {
        ObjectNode operation =
                operation(name, id, model.definition().description(), reference(name + "-answer"), "Problem");
        ObjectNode rows = objectOf(
                Map.of(
                        "rows",
                        listOf(reference(name + "-row"))
                                .put("minItems", model.features().warmUp() + 1)),
                List.of("rows"));
        ObjectNode features = objectOf(
                Map.of("features", listOf(reference(name + "-vector")).put("minItems", 1)), List.of("features"));
        ObjectNode schema = object();
        for (ObjectNode form : List.of(rows, features)) {
            ObjectNode properties = (ObjectNode) form.get("properties");
            properties.set("model_version", version());
            if (isOfTwo()) {
                properties.set("threshold", threshold());
            }
            form.put("additionalProperties", false);
            schema.withArray("oneOf").add(form);
        }
        ObjectNode examples = body(operation, schema).putObject("examples");
        exampleRows.ifPresent(
                example -> examples.putObject("rows").putObject("value").set("rows", example));
        examples.putObject("features").putObject("value").putArray("features").add(exampleVector);
        return operation;
    }

    private static ObjectNode body(ObjectNode operation, ObjectNode schema) {
        ObjectNode body = operation.putObject("requestBody").put("required", true);
        body.set("content", json(schema));
        return (ObjectNode) body.at("/content/application~1json");
    }

    private ObjectNode query(String id) {
        ObjectNode operation = operation(
                name,
                id,
                "The same for one row; of a series, joined to the rows before its key",
                reference(name + "-answer"),
                "Problem");
        ArrayNode parameters = operation.putArray("parameters");
        ObjectNode example =
                exampleRows.map(rows -> (ObjectNode) rows.get(rows.size() - 1)).orElse(object());
        if (signature.key() != null) {
            parameter(parameters, signature.key(), type("string"), example).put("required", model.needsKey());
        }
        for (SourceColumn column : signature.columns()) {
            ObjectNode schema = type(column.type() == SourceColumn.Type.NUMBER ? "number" : "string");
            parameter(parameters, column.name(), described(column, schema), example)
                    .put("required", !mayBeMissing(column.name()));
        }
        parameter(parameters, "model_version", version(), object());
        if (isOfTwo()) {
            parameter(parameters, "threshold", threshold(), object());
        }
        return operation;
    }

    private static ObjectNode parameter(ArrayNode parameters, String name, ObjectNode schema, ObjectNode example) {
        ObjectNode parameter = parameters.addObject().put("name", name).put("in", "query");
        parameter.set("schema", schema);
        if (example.has(name)) {
            parameter.set("example", example.get(name));
        }
        return parameter;
    }

    private ObjectNode invocations() {
        ObjectNode operation =
                operation(name, "invocations-" + name, "MLflow scoring", reference("MlflowAnswer"), "MlflowError");
        ObjectNode content = body(operation, reference("MlflowRequest"));
        ObjectNode examples = content.putObject("examples");
        exampleRows.ifPresent(example ->
                examples.putObject("dataframe_records").putObject("value").set("dataframe_records", example));
        examples.putObject("instances").putObject("value").putArray("instances").add(exampleVector);
        return operation;
    }

    private ObjectNode infer() {
        ObjectNode operation =
                operation(name, "infer-" + name, "Open Inference Protocol", reference("OipAnswer"), "OipError");
        ObjectNode content = body(operation, reference("OipRequest"));
        ObjectNode tensor = content.putObject("example").putArray("inputs").addObject();
        tensor.put("name", "features").put("datatype", "FP64");
        tensor.putArray("shape").add(1).add(exampleVector.size());
        tensor.set("data", exampleVector);
        return operation;
    }

    private ObjectNode row() {
        Map<String, ObjectNode> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        if (signature.key() != null) {
            properties.put(signature.key(), type("string").put("description", "The key: each after the one before it"));
            if (model.needsKey()) {
                required.add(signature.key());
            }
        }
        for (SourceColumn column : signature.columns()) {
            boolean optional = mayBeMissing(column.name());
            List<String> types = new ArrayList<>(
                    column.type() == SourceColumn.Type.NUMBER
                            ? List.of("number", "boolean")
                            : List.of("string", "integer", "boolean"));
            if (optional) {
                types.add("null");
            } else {
                required.add(column.name());
            }
            properties.put(column.name(), described(column, type(types.toArray(String[]::new))));
        }
        return objectOf(properties, required);
    }

    private ObjectNode described(SourceColumn column, ObjectNode schema) {
        List<String> words = model.features().vocabulary(column.name());
        if (!words.isEmpty()) {
            schema.put("description", "Training saw " + String.join(", ", words));
            schema.set("examples", Schemas.list(words));
        }
        model.trainingRange(column.name()).ifPresent(seen -> range(schema, seen));
        return schema;
    }

    private static void range(ObjectNode schema, Distribution seen) {
        double lowest = seen.deciles().get(0);
        double highest = seen.deciles().get(10);
        // Values beyond it are answered, with warnings, so that they are no bounds of the schema.
        schema.put("description", "Training saw %s..%s".formatted(lowest, highest));
        schema.putArray("examples").add(seen.deciles().get(5));
    }

    private boolean mayBeMissing(String column) {
        return model.definition().fillings().stream()
                .filter(filling -> filling.missing() != Missing.DROP)
                .map(Filling::column)
                .anyMatch(column::equals);
    }

    private ObjectNode vector() {
        Map<String, ObjectNode> named = new LinkedHashMap<>();
        model.profile().features().forEach(seen -> {
            ObjectNode schema = type("number");
            range(schema, seen);
            named.put(seen.feature(), schema);
        });
        int length = signature.features().size();
        ObjectNode schema = object();
        schema.withArray("oneOf")
                .add(listOf(type("number"))
                        .put("minItems", length)
                        .put("maxItems", length)
                        .put("description", String.join(", ", signature.features())))
                .add(objectOf(named, signature.features()).put("additionalProperties", false));
        return schema;
    }

    private ObjectNode answer() {
        Map<String, ObjectNode> prediction = new LinkedHashMap<>();
        List<String> required = new ArrayList<>(List.of("prediction"));
        if (task.isOfLabels()) {
            ObjectNode label = type("string");
            label.set("enum", Schemas.list(task.outputNames()));
            prediction.put("prediction", label);
            prediction.put("confidence", share());
            required.add("confidence");
            if (!isOfTwo()) {
                prediction.put(
                        "probabilities",
                        objectOf(
                                task.outputNames().stream()
                                        .collect(Collectors.toMap(
                                                label1 -> label1,
                                                label1 -> share(),
                                                (one, two) -> one,
                                                LinkedHashMap::new)),
                                task.outputNames()));
                required.add("probabilities");
            }
        } else {
            prediction.put("prediction", type("number"));
            prediction.put("unit", type("string"));
            required.add("unit");
        }
        prediction.put("as_of", type("string"));
        Map<String, ObjectNode> properties = new LinkedHashMap<>();
        properties.put("model", type("string"));
        properties.put("version", version());
        properties.put("digest", type("string"));
        properties.put("threshold", share());
        properties.put("predictions", listOf(objectOf(prediction, required)));
        properties.put("warnings", listOf(type("string")));
        return objectOf(properties, List.of("model", "version", "digest", "predictions"));
    }

    private static ObjectNode share() {
        return type("number").put("minimum", 0).put("maximum", 1);
    }

    static ObjectNode threshold() {
        return share().put("description", "The probability from which on the positive label is the answer")
                .put("default", 0.5);
    }

    private ObjectNode version() {
        ObjectNode schema = type("string").put("pattern", "^v[1-9][0-9]*$");
        schema.putArray("examples").add(model.pin().version().toString());
        return schema;
    }

    private boolean isOfTwo() {
        return isOfTwo(task);
    }

    static boolean isOfTwo(Task task) {
        return task.isOfLabels() && task.outputs() == 2;
    }
}
