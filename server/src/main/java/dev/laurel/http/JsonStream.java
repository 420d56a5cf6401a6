package dev.laurel.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A body as nearly all clients send it, read from its first byte to its last, without a tree of nodes. It says nothing about what is wrong:
 * at whatever it does not expect it gives up, and {@link JsonBody} reads the body again, from whose tree each fault is named with its place.
 * So there is one set of messages, and what is right costs one pass.
 */
public final class JsonStream {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(new JsonLimits())
            // The same numbers, without a text of each in between.
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private final JsonParser parser;

    /** Makes something of a body. */
    public interface Reading<T> {
        T read(JsonStream json) throws IOException;
    }

    /** Never seen outside; it has no stack, since it is thrown often and tells nothing. */
    private static final class OtherShapeException extends IOException {
        private static final long serialVersionUID = 1;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private JsonStream(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * What the reading makes of a whole body, which is one object; empty when the body is of another shape, or wrong.
     *
     * @param length of the JSON, from the first byte on
     */
    public static <T> Optional<T> read(byte[] body, int length, Reading<T> reading) {
        // What is not ASCII may be broken UTF-8, in more ways than this parser finds. With zeros it would take it for
        // UTF-16 or UTF-32.
        for (int i = 0; i < length; i++) {
            if (body[i] <= 0) {
                return Optional.empty();
            }
        }
        try (JsonParser parser = FACTORY.createParser(body, 0, length)) {
            JsonStream json = new JsonStream(parser);
            json.expect(parser.nextToken() == JsonToken.START_OBJECT);
            T made = reading.read(json);
            json.expect(parser.nextToken() == null);
            return Optional.of(made);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Gives up unless that holds. */
    public void expect(boolean holds) throws IOException {
        if (!holds) {
            throw new OtherShapeException();
        }
    }

    /** The next key of the object that the stream is in; null at its end. Whoever reads sees to it that none comes twice. */
    public @Nullable String key() throws IOException {
        return parser.nextFieldName();
    }

    /** The value of the key is an object, whose keys follow. */
    public void object() throws IOException {
        expect(parser.nextToken() == JsonToken.START_OBJECT);
    }

    /** The value of the key is a list that is not empty; goes to its first element. */
    public void list() throws IOException {
        expect(parser.nextToken() == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY);
    }

    /** Goes to the next element of the list that the stream is in. False at its end. */
    public boolean next() throws IOException {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    /** Goes to the value of the key. */
    public void value() throws IOException {
        parser.nextToken();
    }

    public boolean isObject() {
        return parser.hasToken(JsonToken.START_OBJECT);
    }

    public boolean isList() {
        return parser.hasToken(JsonToken.START_ARRAY);
    }

    public boolean isNull() {
        return parser.hasToken(JsonToken.VALUE_NULL);
    }

    public boolean isBoolean() {
        return parser.currentToken() != null && parser.currentToken().isBoolean();
    }

    /** What stands here, a boolean. */
    public boolean truth() throws IOException {
        return parser.getBooleanValue();
    }

    /** What stands here: a finite number. */
    public double number() throws IOException {
        JsonToken token = parser.currentToken();
        expect(token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT);
        double number = parser.getDoubleValue();
        expect(Double.isFinite(number));
        return number;
    }

    /** What stands here: a whole number of 64 bits. */
    public long whole() throws IOException {
        expect(parser.hasToken(JsonToken.VALUE_NUMBER_INT));
        return parser.getLongValue();
    }

    /** What stands here: a text. */
    public String text() throws IOException {
        expect(parser.hasToken(JsonToken.VALUE_STRING));
        return parser.getText();
    }

    /** A list, at whose first element the stream is: so many finite numbers. */
    public double[] numbers(int count) throws IOException {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                parser.nextToken();
            }
            numbers[i] = number();
        }
        expect(!next());
        return numbers;
    }

    /** A list, at whose first element the stream is: lists of so many finite numbers each. */
    public double[][] vectors(int width) throws IOException {
        double[][] vectors = new double[8][];
        int count = 0;
        do {
            expect(isList());
            parser.nextToken();
            if (count == vectors.length) {
                vectors = Arrays.copyOf(vectors, 2 * count);
            }
            vectors[count++] = numbers(width);
        } while (next());
        return Arrays.copyOf(vectors, count);
    }
}
