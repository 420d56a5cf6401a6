package dev.laurel.openapi;

import static dev.laurel.openapi.Schemas.json;
import static dev.laurel.openapi.Schemas.listOf;
import static dev.laurel.openapi.Schemas.object;
import static dev.laurel.openapi.Schemas.objectOf;
import static dev.laurel.openapi.Schemas.operation;
import static dev.laurel.openapi.Schemas.reference;
import static dev.laurel.openapi.Schemas.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.drift.Profile.Distribution;
import dev.laurel.follow.LoadedModel;
import dev.laurel.task.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What may be told of one model, and what is shown of it. */
final class FeedbackPaths {
    private static final String REQUEST = "7d0c0f7a-0b1c-4a53-9f0e-5d9b6f0c2a11";

    private final LoadedModel model;
    private final String name;
    private final Task task;

    FeedbackPaths(LoadedModel model) {
        this.model = model;
        this.name = model.pin().model().value();
        this.task = model.signature().task();
    }

    void add(ObjectNode paths) {
        add(paths.putObject("/models/" + name + "/feedback"), "-" + name);
    }

    /** Where it is the only one. */
    void addShort(ObjectNode paths) {
        add(paths.putObject("/feedback"), "");
    }

    private void add(ObjectNode path, String suffix) {
        ObjectNode post =
                operation(name, "tell" + suffix, "What turned out to be true", reference("FeedbackAnswer"), "Problem");
        ObjectNode body = post.putObject("requestBody").put("required", true);
        body.set("content", json(schema()));
        ObjectNode examples = ((ObjectNode) body.at("/content/application~1json")).putObject("examples");
        ObjectNode one = examples.putObject("request").putObject("value").put("request_id", REQUEST);
        actual(one);
        ObjectNode two = examples.putObject("batch")
                .putObject("value")
                .putArray("feedback")
                .addObject()
                .put("request_id", REQUEST)
                .put("row", 1);
        actual(two);
        if (hasKey()) {
            actual(examples.putObject("key").putObject("value").put("key", "2020-04-17"));
        }
        path.set("post", post);
        path.set(
                "get",
                operation(name, "score" + suffix, "How versions did by it", reference("FeedbackReport"), "Problem"));
    }

    /** By keys that may be kept. */
    private boolean hasKey() {
        String key = model.signature().key();
        return key != null && !model.definition().privateColumns().contains(key);
    }

    private void actual(ObjectNode body) {
        if (task.isOfLabels()) {
            body.put("actual", task.outputNames().get(0));
        } else {
            Distribution values = model.profile().value();
            body.put("actual", values == null ? 0 : values.deciles().get(5));
        }
    }

    private ObjectNode schema() {
        ObjectNode schema = object();
        ObjectNode batch = objectOf(Map.of("feedback", listOf(item()).put("minItems", 1)), List.of("feedback"));
        schema.withArray("oneOf").add(item()).add(batch.put("additionalProperties", false));
        return schema;
    }

    private ObjectNode item() {
        ObjectNode actual = task.isOfLabels() ? type("string") : type("number");
        if (task.isOfLabels()) {
            actual.set("enum", Schemas.list(task.outputNames()));
        }
        Map<String, ObjectNode> byRequest = new LinkedHashMap<>();
        byRequest.put(
                "request_id",
                type("string")
                        .put("minLength", 1)
                        .put("maxLength", 128)
                        .put("pattern", "\\S")
                        .put("description", "X-Request-Id of the answer"));
        byRequest.put("row", type("integer").put("minimum", 0).put("default", 0).put("description", "Its place there"));
        byRequest.put("actual", actual);
        ObjectNode request =
                objectOf(byRequest, List.of("request_id", "actual")).put("additionalProperties", false);
        if (!hasKey()) {
            return request;
        }
        Map<String, ObjectNode> byKey = new LinkedHashMap<>();
        byKey.put(
                "key",
                type("string")
                        .put("minLength", 1)
                        .put("maxLength", 200)
                        .put("pattern", "\\S")
                        .put("description", model.signature().key() + " of the row, as_of in the answer"));
        byKey.put("actual", actual.deepCopy());
        ObjectNode either = object();
        either.withArray("oneOf")
                .add(request)
                .add(objectOf(byKey, List.of("key", "actual")).put("additionalProperties", false));
        return either;
    }
}
