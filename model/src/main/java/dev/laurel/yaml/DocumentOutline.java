package dev.laurel.yaml;

import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What stands where in a document, by paths such as {@code experiments[1].trees}. Making it refuses what YAML allows and Laurel does not:
 * a second document, doubled keys, null, aliases, tags, and numbers that are not finite or not decimal.
 */
final class DocumentOutline {
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
    private static final Pattern INFINITE = Pattern.compile("[-+]?\\.inf", Pattern.CASE_INSENSITIVE);

    private static final String OBJECT = "keys and values";
    private static final int LONGEST_SHOWN = 80;
    /** With these three the paths of a hostile document take no more than some megabytes; ours have half as many levels. */
    private static final int DEEPEST = 10;

    private static final int LONGEST_KEY = 100;

    private static final int MOST_PATHS = 100_000;

    private final String file;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, List<String>> keys = new HashMap<>();

    private DocumentOutline(String file) {
        this.file = file;
    }

    /** @throws InvalidDocumentException with the line, when the document is not what Laurel reads */
    static DocumentOutline of(YAMLFactory factory, byte[] bytes, String file) throws IOException {
        DocumentOutline outline = new DocumentOutline(file);
        try (YAMLParser parser = factory.createParser(bytes)) {
            int depth = 0;
            while (parser.nextToken() != null) {
                if (depth == 0 && !outline.lines.isEmpty()) {
                    throw outline.invalid("", parser, "a second document", "one document");
                }
                if (depth > DEEPEST) {
                    throw outline.invalid("", parser, "values nested deeper", "at most " + DEEPEST + " levels");
                }
                outline.add(parser);
                depth += parser.currentToken().isStructStart()
                        ? 1
                        : parser.currentToken().isStructEnd() ? -1 : 0;
            }
        }
        if (outline.lines.isEmpty()) {
            throw new InvalidDocumentException(file, 1, "nothing (expected: keys and values)");
        }
        return outline;
    }

    private void add(YAMLParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isStructEnd()) {
            return;
        }
        JsonStreamContext context = parser.getParsingContext();
        String path = path(token.isStructStart() ? context.getParent() : context);
        if (parser.isCurrentAlias()) {
            throw invalid(path, parser, "an alias", "the value itself");
        }
        if (parser.getTypeId() != null) {
            throw invalid(path, parser, "a tag", "a value without one");
        }
        if (token == JsonToken.FIELD_NAME) {
            String key = context.getCurrentName();
            if (key.length() > LONGEST_KEY) {
                throw invalid("", parser, "a key of " + key.length() + " characters", "at most " + LONGEST_KEY);
            }
            if (lines.containsKey(path)) {
                throw invalid(path, parser, "doubled key", "each key once");
            }
            keys.computeIfAbsent(path(context.getParent()), parent -> new ArrayList<>())
                    .add(key);
        } else if (token == JsonToken.VALUE_NULL) {
            throw invalid(path, parser, "null", "a value");
        } else if (token == JsonToken.VALUE_NUMBER_INT
                && !DECIMAL.matcher(parser.getText()).matches()) {
            throw invalid(path, parser, parser.getText(), "a decimal number");
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT
                && INFINITE.matcher(parser.getText()).matches()) {
            throw invalid(path, parser, parser.getText(), "a finite number");
        } else {
            values.put(path, shown(parser, token));
        }
        if (lines.size() >= MOST_PATHS) {
            throw invalid("", parser, "more values", "at most " + MOST_PATHS);
        }
        lines.putIfAbsent(path, parser.currentTokenLocation().getLineNr());
    }

    private static String shown(YAMLParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> OBJECT;
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "'" + shortened(parser.getText()) + "'";
            default -> parser.getText();
        };
    }

    private InvalidDocumentException invalid(String path, YAMLParser parser, String found, String expected) {
        return invalid(path, parser.currentTokenLocation().getLineNr(), "%s (expected: %s)".formatted(found, expected));
    }

    /** What to say of what was found at {@code path}. */
    InvalidDocumentException invalid(String path, String found, String expected) {
        return invalid(path, "%s (expected: %s)".formatted(found, expected));
    }

    InvalidDocumentException invalid(String path, String problem) {
        return invalid(path, line(path), problem);
    }

    private InvalidDocumentException invalid(String path, int line, String problem) {
        return new InvalidDocumentException(file, line, path.isEmpty() ? problem : path + ": " + problem);
    }

    private static String path(JsonStreamContext context) {
        if (context.inRoot()) {
            return "";
        }
        String parent = path(context.getParent());
        return context.inArray()
                ? parent + "[" + context.getCurrentIndex() + "]"
                : child(parent, context.getCurrentName());
    }

    /** The path of a key in what stands at {@code path}. */
    static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }

    /** The line of what stands at {@code path}, or of the nearest thing around it. */
    private int line(String path) {
        Integer line = lines.get(path);
        return line != null ? line : path.isEmpty() ? 1 : line(parent(path));
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }

    /** The keys of what stands at {@code path}, in order; none when that has no keys. */
    List<String> keys(String path) {
        return keys.getOrDefault(path, List.of());
    }

    boolean isObject(String path) {
        return OBJECT.equals(values.get(path));
    }

    /** What stands at {@code path}, in a few words. */
    String value(String path) {
        return values.getOrDefault(path, "nothing");
    }
}
