package dev.laurel.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Pieces of JSON Schema and of OpenAPI. */
final class Schemas {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Schemas() {}

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ArrayNode list(List<String> texts) {
        ArrayNode list = NODES.arrayNode();
        texts.forEach(list::add);
        return list;
    }

    static ObjectNode type(String... types) {
        ObjectNode schema = object();
        if (types.length == 1) {
            return schema.put("type", types[0]);
        }
        schema.set("type", list(List.of(types)));
        return schema;
    }

    static ObjectNode reference(String component) {
        return object().put("$ref", "#/components/schemas/" + component);
    }

    static ObjectNode listOf(ObjectNode items) {
        ObjectNode schema = type("array");
        schema.set("items", items);
        return schema;
    }

    /** @param required the names of those that have to be there */
    static ObjectNode objectOf(Map<String, ObjectNode> properties, List<String> required) {
        ObjectNode schema = type("object");
        ObjectNode inner = schema.putObject("properties");
        properties.forEach(inner::set);
        if (!required.isEmpty()) {
            schema.set("required", list(required));
        }
        return schema;
    }

    static ObjectNode json(ObjectNode schema) {
        ObjectNode content = object();
        content.putObject("application/json").set("schema", schema);
        return content;
    }

    /** An operation that answers with this schema, or with an error in the form of its protocol. */
    static ObjectNode operation(String tag, String id, String summary, ObjectNode answer, String error) {
        ObjectNode operation = object().put("operationId", id).put("summary", summary);
        operation.set("tags", list(List.of(tag)));
        ObjectNode responses = operation.putObject("responses");
        responses.putObject("200").put("description", "The answer").set("content", json(answer));
        for (String status : List.of("4XX", "503")) {
            responses.putObject(status).put("$ref", "#/components/responses/" + error);
        }
        return operation;
    }
}
