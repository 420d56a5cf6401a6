package dev.laurel.oip;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.http.JsonCheck;
import dev.laurel.oip.Elements.Fractions;
import dev.laurel.oip.Elements.Texts;
import dev.laurel.oip.Elements.Truths;
import dev.laurel.oip.Elements.Wholes;
import dev.laurel.predict.UnansweredException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;

/** What the elements of a tensor are, and how they are read from JSON and from bytes in little-endian order. */
public enum Datatype {
    FP64(8) {
        @Override
        Elements ofJson(String at, List<JsonNode> data) {
            double[] values = new double[data.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = JsonCheck.number(place(at, i), data.get(i), "a number");
            }
            return new Fractions(values);
        }

        @Override
        public Elements ofBytes(String at, ByteBuffer bytes, int count) {
            double[] values = new double[count];
            bytes.asDoubleBuffer().get(values);
            return new Fractions(values);
        }
    },
    /** As near as 32 bits come, in JSON too, so that both ways give one answer. */
    FP32(4) {
        @Override
        Elements ofJson(String at, List<JsonNode> data) {
            double[] values = new double[data.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) JsonCheck.number(place(at, i), data.get(i), "a number");
                if (Double.isInfinite(values[i])) {
                    throw UnansweredException.invalid(place(at, i), data.get(i).asText(), "a number of 32 bits");
                }
            }
            return new Fractions(values);
        }

        @Override
        public Elements ofBytes(String at, ByteBuffer bytes, int count) {
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = bytes.getFloat();
            }
            return new Fractions(values);
        }
    },
    INT64(8) {
        @Override
        Elements ofJson(String at, List<JsonNode> data) {
            return wholes(at, data, Long.MIN_VALUE, Long.MAX_VALUE);
        }

        @Override
        public Elements ofBytes(String at, ByteBuffer bytes, int count) {
            long[] values = new long[count];
            bytes.asLongBuffer().get(values);
            return new Wholes(values);
        }
    },
    INT32(4) {
        @Override
        Elements ofJson(String at, List<JsonNode> data) {
            return wholes(at, data, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }

        @Override
        public Elements ofBytes(String at, ByteBuffer bytes, int count) {
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                values[i] = bytes.getInt();
            }
            return new Wholes(values);
        }
    },
    BOOL(1) {
        @Override
        Elements ofJson(String at, List<JsonNode> data) {
            boolean[] values = new boolean[data.size()];
            for (int i = 0; i < values.length; i++) {
                JsonNode value = data.get(i);
                if (!value.isBoolean()) {
                    throw UnansweredException.invalid(place(at, i), JsonCheck.shown(value), "true or false");
                }
                values[i] = value.booleanValue();
            }
            return new Truths(values);
        }

        @Override
        public Elements ofBytes(String at, ByteBuffer bytes, int count) {
            boolean[] values = new boolean[count];
            for (int i = 0; i < count; i++) {
                values[i] = bytes.get() != 0;
            }
            return new Truths(values);
        }
    },
    /** Text in UTF-8; as bytes each after its length in four of them. */
    BYTES(0) {
        @Override
        Elements ofJson(String at, List<JsonNode> data) {
            String[] values = new String[data.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = JsonCheck.text(place(at, i), data.get(i), "text");
            }
            return new Texts(values);
        }

        @Override
        public Elements ofBytes(String at, ByteBuffer bytes, int count) {
            String[] values = new String[count];
            for (int i = 0; i < count; i++) {
                int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
                if (length < 0 || length > bytes.remaining()) {
                    throw UnansweredException.invalid(
                            place(at, i), "cut off", "a length of 4 bytes, and as many bytes of text");
                }
                values[i] = text(place(at, i), bytes.slice(bytes.position(), length));
                bytes.position(bytes.position() + length);
            }
            if (bytes.hasRemaining()) {
                throw UnansweredException.invalid(
                        at, bytes.remaining() + " bytes too many", "%s elements and no more".formatted(count));
            }
            return new Texts(values);
        }
    };

    /** Bytes of an element; 0 where each has a length of its own. */
    private final int size;

    Datatype(int size) {
        this.size = size;
    }

    abstract Elements ofJson(String at, List<JsonNode> data);

    /** @param bytes little-endian, as many as {@link #checkSize} lets pass */
    public abstract Elements ofBytes(String at, ByteBuffer bytes, int count);

    public void checkSize(String at, int bytes, int count) {
        if (size > 0 && bytes != (long) size * count) {
            throw UnansweredException.invalid(
                    at, bytes + " bytes", "%s: %s elements of %s".formatted((long) size * count, count, this));
        }
        // Or a few bytes would stand for a shape of any size.
        if (size == 0 && bytes < (long) Integer.BYTES * count) {
            throw UnansweredException.invalid(
                    at,
                    bytes + " bytes",
                    "at least %s, for %s elements".formatted((long) Integer.BYTES * count, count));
        }
    }

    static Datatype parse(String at, JsonNode node) {
        return parse(at, node.isTextual() ? node.textValue() : "", JsonCheck.shown(node));
    }

    public static Datatype parse(String at, String name) {
        return parse(at, name, name.isEmpty() ? "empty" : name);
    }

    private static Datatype parse(String at, String name, String shown) {
        return Arrays.stream(values())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> UnansweredException.invalid(
                        at,
                        shown,
                        "one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(values()).map(Enum::name).toList())));
    }

    private static Elements wholes(String at, List<JsonNode> data, long lowest, long highest) {
        long[] values = new long[data.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = data.get(i);
            if (!value.isIntegralNumber()
                    || !value.canConvertToLong()
                    || value.longValue() < lowest
                    || value.longValue() > highest) {
                throw UnansweredException.invalid(
                        place(at, i), JsonCheck.shown(value), "a whole number, %s..%s".formatted(lowest, highest));
            }
            values[i] = value.longValue();
        }
        return new Wholes(values);
    }

    /** @throws UnansweredException when it is not UTF-8 */
    public static String text(String at, ByteBuffer bytes) {
        try {
            return UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw UnansweredException.invalid(at, "not UTF-8", "text in UTF-8");
        }
    }

    private static String place(String at, int i) {
        return at + "[" + i + "]";
    }
}
