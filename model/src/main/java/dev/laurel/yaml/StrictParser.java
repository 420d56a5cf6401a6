package dev.laurel.yaml;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refuses what YAML allows and Laurel does not: a second document, doubled keys, null, aliases, tags, and numbers that are not finite or
 * not decimal. Each token is looked at once, as it is bound; what to say of it is the {@link DocumentOutline}'s work.
 */
final class StrictParser extends JsonParserDelegate {
    /** With these three a hostile document takes no more than some megabytes; ours have half as many levels. */
    static final int DEEPEST = 10;

    static final int MOST_VALUES = 100_000;
    private static final int LONGEST_KEY = 100;

    private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
    private static final Pattern INFINITE = Pattern.compile("[-+]?\\.inf", Pattern.CASE_INSENSITIVE);

    private final YAMLParser parser;
    private int depth;
    private int values;

    private StrictParser(YAMLParser parser) {
        super(parser);
        this.parser = parser;
    }

    static StrictParser of(YAMLFactory factory, byte[] bytes) throws IOException {
        YAMLParser parser = factory.createParser(bytes);
        parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        return new StrictParser(parser);
    }

    /** What was found and what is expected in its place. */
    record Refusal(String found, String expected) {}

    /** Why a token is refused by itself. */
    static Optional<Refusal> refusal(YAMLParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (parser.isCurrentAlias()) {
            return Optional.of(new Refusal("an alias", "the value itself"));
        }
        if (parser.getTypeId() != null) {
            return Optional.of(new Refusal("a tag", "a value without one"));
        }
        return Optional.ofNullable(
                switch (token) {
                    case FIELD_NAME -> {
                        int length = parser.currentName().length();
                        yield length > LONGEST_KEY
                                ? new Refusal("a key of " + length + " characters", "at most " + LONGEST_KEY)
                                : null;
                    }
                    case VALUE_NULL -> new Refusal("null", "a value");
                    case VALUE_NUMBER_INT ->
                        DECIMAL.matcher(parser.getText()).matches()
                                ? null
                                : new Refusal(parser.getText(), "a decimal number");
                    case VALUE_NUMBER_FLOAT ->
                        INFINITE.matcher(parser.getText()).matches()
                                ? new Refusal(parser.getText(), "a finite number")
                                : null;
                    default -> null;
                });
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null || token.isStructEnd()) {
            depth--;
            return token;
        }
        if (depth > DEEPEST || ++values > MOST_VALUES || refusal(parser).isPresent()) {
            throw new JsonParseException(parser, "not what Laurel reads");
        }
        if (token.isStructStart()) {
            depth++;
        }
        return token;
    }

    /** As {@link #nextToken}, past names. */
    @Override
    public JsonToken nextValue() throws IOException {
        JsonToken token = nextToken();
        return token == JsonToken.FIELD_NAME ? nextToken() : token;
    }

    @Override
    public JsonParser skipChildren() throws IOException {
        throw new JsonParseException(parser, "what nobody looks at");
    }

    void expectEnd() throws IOException {
        if (nextToken() != null) {
            throw new JsonParseException(parser, "a second document");
        }
    }
}
