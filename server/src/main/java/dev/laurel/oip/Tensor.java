package dev.laurel.oip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.http.JsonCheck;
import dev.laurel.predict.UnansweredException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An input of a request: as many elements as its shape says. */
public record Tensor(String name, List<Integer> shape, Elements elements) {
    private static final Set<String> KEYS = Set.of("name", "shape", "datatype", "parameters", "data");
    /** {@code content_type} is a hint of MLServer's clients, and says nothing that the datatype does not. */
    private static final Set<String> PARAMETERS = Set.of("binary_data_size", "content_type");
    /** More than fit into a body. */
    private static final long MOST_ELEMENTS = 1_000_000;

    public Tensor {
        shape = List.copyOf(shape);
    }

    /**
     * @param at the tensor's place in the document
     * @param bytes what follows the document; a binary tensor takes its own from it
     */
    static Tensor read(String at, JsonNode node, ByteBuffer bytes) {
        JsonCheck.keys(at, JsonCheck.object(at, node, "an object"), KEYS);
        String name = JsonCheck.text(at + ".name", JsonCheck.present(at, node, "name"), "text");
        Datatype datatype = Datatype.parse(name + ".datatype", JsonCheck.present(at, node, "datatype"));
        List<Integer> shape = shape(name + ".shape", JsonCheck.present(at, node, "shape"));
        int count = count(name + ".shape", shape);
        Integer size = binarySize(name + ".parameters", node.get("parameters"));
        if (node.has("data") == (size != null)) {
            throw UnansweredException.invalid(
                    name, size == null ? "no data" : "data, and binary_data_size", "one of the two");
        }
        if (size != null) {
            return new Tensor(name, shape, binary(name, datatype, size, count, bytes));
        }
        List<JsonNode> data = new ArrayList<>(count);
        flatten(name, node.get("data"), shape, 0, data);
        if (data.size() != count) {
            throw UnansweredException.invalid(
                    name + ".data", data.size() + " elements", "%s, as its shape says".formatted(count));
        }
        return new Tensor(name, shape, datatype.ofJson(name, data));
    }

    private static Elements binary(String name, Datatype datatype, int size, int count, ByteBuffer bytes) {
        if (size > bytes.remaining()) {
            throw UnansweredException.invalid(
                    name + ".parameters.binary_data_size",
                    size,
                    "at most %s, which are left of the body".formatted(bytes.remaining()));
        }
        datatype.checkSize(name, size, count);
        ByteBuffer own = bytes.slice(bytes.position(), size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + size);
        return datatype.ofBytes(name, own, count);
    }

    private static @Nullable Integer binarySize(String at, @Nullable JsonNode parameters) {
        if (parameters == null || parameters.isNull()) {
            return null;
        }
        JsonCheck.keys(at, JsonCheck.object(at, parameters, "an object"), PARAMETERS);
        JsonNode size = parameters.get("binary_data_size");
        return size == null ? null : whole(at + ".binary_data_size", size);
    }

    private static List<Integer> shape(String at, JsonNode node) {
        JsonCheck.list(at, node);
        List<Integer> shape = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            shape.add(whole(at + "[" + i + "]", node.get(i)));
        }
        return shape;
    }

    /** How many elements a shape has. */
    public static int count(String at, List<Integer> shape) {
        long count = 1;
        for (int length : shape) {
            count *= length;
            if (count > MOST_ELEMENTS) {
                throw UnansweredException.invalid(at, shape, "at most %s elements".formatted(MOST_ELEMENTS));
            }
        }
        return (int) count;
    }

    private static int whole(String at, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
            throw UnansweredException.invalid(at, JsonCheck.shown(node), "a whole number, 0 or more");
        }
        return node.intValue();
    }

    /** One list, or lists within each other as the shape says. */
    private static void flatten(String at, JsonNode node, List<Integer> shape, int depth, List<JsonNode> into) {
        if (!node.isArray()) {
            throw UnansweredException.invalid(at + ".data", JsonCheck.shown(node), "a list");
        }
        boolean nested = !node.isEmpty() && node.get(0).isArray();
        if ((nested || depth > 0) && (depth >= shape.size() || node.size() != shape.get(depth))) {
            throw UnansweredException.invalid(
                    at + ".data",
                    "a list of " + node.size(),
                    "one list, or lists within each other as the shape %s says".formatted(shape));
        }
        for (JsonNode each : node) {
            if (nested) {
                flatten(at, each, shape, depth + 1, into);
            } else {
                into.add(each);
            }
        }
    }

    int rows() {
        return shape.get(0);
    }
}
