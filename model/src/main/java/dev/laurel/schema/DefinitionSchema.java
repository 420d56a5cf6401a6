package dev.laurel.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.definition.Definition;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a definition may hold as a JSON Schema, by which editors complete and check {@code model.yaml}. Draft 7: the YAML support of VS Code
 * and IntelliJ knows all of it, and not all of the later ones.
 */
public final class DefinitionSchema {
    /** The file in a models repository that holds it. */
    public static final String FILE = "model.schema.json";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Records stand here once each, since one may hold another of its own. */
    private final ObjectNode definitions = NODES.objectNode();

    private DefinitionSchema() {}

    /** The file, whose bytes are the same for the same Laurel. */
    public static byte[] json() {
        return json(Definition.class, "A model of Laurel");
    }

    /** The same of another document: a record, each component of which has its {@link dev.laurel.model.Says words}. */
    public static byte[] json(Class<?> type, String title) {
        DefinitionSchema schema = new DefinitionSchema();
        ObjectNode root = NODES.objectNode();
        root.put("$schema", "http://json-schema.org/draft-07/schema#");
        root.put("title", title);
        root.setAll(schema.keys(Types.record(type)));
        root.set("definitions", schema.definitions);
        return (root.toPrettyString().replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode keys(Type.Keys type) {
        ObjectNode schema = object().put("description", type.says()).put("additionalProperties", false);
        addKeys(schema, type);
        return schema;
    }

    private ObjectNode kind(String name, Type.Keys type) {
        ObjectNode schema =
                object().put("title", name).put("description", type.says()).put("additionalProperties", false);
        schema.putArray("required").add("kind");
        schema.putObject("properties")
                .putObject("kind")
                .put("description", type.says())
                .put("const", name);
        addKeys(schema, type);
        return schema;
    }

    private void addKeys(ObjectNode schema, Type.Keys type) {
        ObjectNode properties = schema.withObjectProperty("properties");
        ArrayNode required = schema.withArrayProperty("required");
        for (Key key : type.keys()) {
            ObjectNode described = described(of(key.type()), key.says());
            if (key.byDefault() != null) {
                described.set("default", byDefault(key, key.byDefault()));
            }
            properties.set(key.name(), described);
            if (key.isRequired()) {
                required.add(key.name());
            }
        }
        if (required.isEmpty()) {
            schema.remove("required");
        }
    }

    /** In draft 7 whatever stands beside a reference is passed over. */
    private static ObjectNode described(ObjectNode value, String says) {
        if (!value.has("$ref")) {
            return value.put("description", says);
        }
        ObjectNode around = NODES.objectNode().put("description", says);
        around.putArray("allOf").add(value);
        return around;
    }

    private static JsonNode byDefault(Key key, String text) {
        if (key.type() instanceof Type.Numeric) {
            return number(Double.parseDouble(text));
        }
        return key.type() instanceof Type.Flag ? NODES.booleanNode(Boolean.parseBoolean(text)) : NODES.textNode(text);
    }

    private ObjectNode of(Type type) {
        if (type instanceof Type.Numeric number) {
            return numeric(number);
        }
        if (type instanceof Type.Flag) {
            return NODES.objectNode().put("type", "boolean");
        }
        if (type instanceof Type.Date) {
            return NODES.objectNode().put("type", "string").put("format", "date");
        }
        if (type instanceof Type.Words words) {
            return words(words.words());
        }
        if (type instanceof Type.ListOf list) {
            ObjectNode schema = NODES.objectNode().put("type", "array");
            schema.set("items", of(list.of()));
            return schema;
        }
        if (type instanceof Type.ByName named) {
            return byName(named);
        }
        if (type instanceof Type.Keys keys) {
            return reference(keys.java().getSimpleName(), () -> keys(keys));
        }
        if (type instanceof Type.OneKind kinds) {
            return reference(kinds.java().getSimpleName(), () -> oneKind(kinds));
        }
        if (type instanceof Type.WordOr either) {
            ObjectNode schema = NODES.objectNode();
            ArrayNode cases = schema.putArray("oneOf");
            cases.addObject().put("const", either.word()).put("description", either.says());
            cases.add(of(either.keys()));
            return schema;
        }
        return NODES.objectNode().put("type", "string");
    }

    private static ObjectNode numeric(Type.Numeric type) {
        ObjectNode schema = NODES.objectNode().put("type", type.isWhole() ? "integer" : "number");
        bound(schema, "minimum", type.bounds().from());
        bound(schema, "maximum", type.bounds().to());
        bound(schema, "exclusiveMinimum", type.bounds().above());
        bound(schema, "exclusiveMaximum", type.bounds().below());
        return schema;
    }

    private static void bound(ObjectNode schema, String name, double value) {
        if (Double.isFinite(value)) {
            schema.set(name, number(value));
        }
    }

    private static JsonNode number(double value) {
        return value == (long) value
                ? NODES.numberNode((long) value)
                : NODES.numberNode(new BigDecimal(Double.toString(value)).stripTrailingZeros());
    }

    /** One case for each, since a word in an {@code enum} has no description. */
    private static ObjectNode words(Map<String, String> words) {
        ObjectNode schema = NODES.objectNode().put("type", "string");
        ArrayNode cases = schema.putArray("oneOf");
        words.forEach((word, says) -> cases.addObject().put("const", word).put("description", says));
        return schema;
    }

    private ObjectNode byName(Type.ByName type) {
        ObjectNode schema = object();
        if (type.names().isEmpty()) {
            schema.set("additionalProperties", of(type.of()));
            return schema;
        }
        schema.put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        type.names().forEach((name, says) -> properties.set(name, described(of(type.of()), says)));
        return schema;
    }

    private ObjectNode oneKind(Type.OneKind type) {
        ObjectNode schema = object();
        ArrayNode cases = schema.putArray("oneOf");
        type.kinds().forEach((name, keys) -> cases.add(kind(name, keys)));
        return schema;
    }

    private ObjectNode reference(String name, Supplier<ObjectNode> schema) {
        if (!definitions.has(name)) {
            definitions.putObject(name);
            definitions.set(name, schema.get());
        }
        return NODES.objectNode().put("$ref", "#/definitions/" + name);
    }

    private static ObjectNode object() {
        return NODES.objectNode().put("type", "object");
    }
}
