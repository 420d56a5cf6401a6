package dev.laurel.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.predict.UnansweredException;
import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Looks at what stands at a place of a JSON document; what is not as it should be is an {@link UnansweredException} that names the place. */
public final class JsonCheck {
    private JsonCheck() {}

    public static JsonNode object(String at, JsonNode node, String expected) {
        if (!node.isObject()) {
            throw UnansweredException.invalid(at, kind(node), expected);
        }
        return node;
    }

    /** A list that is not empty. */
    public static JsonNode list(String at, @Nullable JsonNode node) {
        if (node == null) {
            throw UnansweredException.invalid(at, "missing", "a list, not empty");
        }
        if (!node.isArray() || node.isEmpty()) {
            throw UnansweredException.invalid(at, kind(node), "a list, not empty");
        }
        return node;
    }

    public static void keys(String at, JsonNode object, Collection<String> known) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw UnansweredException.invalid(
                        at,
                        "unknown key " + name,
                        "one of " + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    public static JsonNode present(String at, JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            throw UnansweredException.invalid(at + "." + name, "missing", "a value");
        }
        return value;
    }

    /** A finite number. */
    public static double number(String at, JsonNode node, String expected) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw UnansweredException.invalid(at, shown(node), expected);
        }
        return node.doubleValue();
    }

    public static String text(String at, JsonNode node, String expected) {
        if (!node.isTextual()) {
            throw UnansweredException.invalid(at, shown(node), expected);
        }
        return node.textValue();
    }

    /** Text in its quotes, or it would look like the number that was meant. */
    public static String shown(JsonNode node) {
        if (!node.isValueNode()) {
            return kind(node);
        }
        return node.isTextual() ? '"' + node.textValue() + '"' : node.asText();
    }

    public static String kind(JsonNode node) {
        String type = node.getNodeType().name().toLowerCase(Locale.ROOT);
        return node.isContainerNode() && node.isEmpty() ? "empty " + type : type;
    }
}
