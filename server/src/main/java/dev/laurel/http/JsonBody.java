package dev.laurel.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laurel.predict.UnansweredException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A body as JSON, or what is wrong with it in words of our own: the library's advice is for whoever wrote the program, not for its clients. */
public final class JsonBody {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(new JsonLimits())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Of all faults the one that the library tells by its text alone. */
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*)'", Pattern.DOTALL);

    private static final Pattern WORD = Pattern.compile("[\\p{Alnum}_.+-]{1,30}");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private JsonBody() {}

    /** @throws UnansweredException with line and column where there are some */
    public static JsonNode read(byte[] body) {
        String text = text(body);
        try {
            return JSON.readTree(text);
        } catch (JsonLimits.ExceededException e) {
            throw e.problem();
        } catch (JsonProcessingException e) {
            throw refused(e, text);
        }
    }

    private static String text(byte[] body) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw UnansweredException.invalid("body", "not UTF-8", "JSON in UTF-8");
        }
    }

    private static UnansweredException refused(JsonProcessingException e, String text) {
        @Nullable JsonLocation location = e.getLocation();
        String at = location == null ? "body" : "body:%s:%s".formatted(location.getLineNr(), location.getColumnNr());
        Matcher duplicate = DUPLICATE.matcher(String.valueOf(e.getOriginalMessage()));
        if (duplicate.lookingAt()) {
            return UnansweredException.invalid(at, "key " + duplicate.group(1) + " once more", "each key once");
        }
        if (e instanceof JsonEOFException) {
            return UnansweredException.invalid(at, "the end", "JSON, whole");
        }
        if (e instanceof MismatchedInputException) {
            return UnansweredException.invalid(at, "something after the object", "one JSON object");
        }
        return UnansweredException.invalid(at, location == null ? "no JSON" : standing(e, text, location), "JSON");
    }

    /** What stands where the reader gave up: a character that may not be there, or the word that ends there. */
    private static String standing(JsonProcessingException e, String text, JsonLocation location) {
        int offset = (int) Math.max(0, Math.min(location.getCharOffset(), text.length()));
        boolean character = String.valueOf(e.getOriginalMessage()).startsWith("Unexpected character");
        Matcher words = WORD.matcher(text);
        if (character && words.region(offset, text.length()).lookingAt()) {
            return words.group();
        }
        for (int from = Math.max(0, offset - 30); !character && words.find(from) && words.start() <= offset; ) {
            if (words.end() >= offset) {
                return words.group();
            }
            from = words.end();
        }
        return offset < text.length() ? text.substring(offset, text.offsetByCodePoints(offset, 1)) : "the end";
    }
}
