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
import java.util.Optional;

/** What stands where in a document, by paths such as {@code experiments[1].trees}. Making it says what a {@link StrictParser} refuses. */
final class DocumentOutline {
    private static final String OBJECT = "keys and values";
    private static final int LONGEST_SHOWN = 80;

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
                if (depth > StrictParser.DEEPEST) {
                    throw outline.invalid(
                            "", parser, "values nested deeper", "at most " + StrictParser.DEEPEST + " levels");
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
        Optional<StrictParser.Refusal> refusal = StrictParser.refusal(parser);
        if (refusal.isPresent()) {
            // A refused key may be a long one.
            String named = token == JsonToken.FIELD_NAME ? "" : path;
            throw invalid(named, parser, refusal.get().found(), refusal.get().expected());
        }
        if (token == JsonToken.FIELD_NAME) {
            if (lines.containsKey(path)) {
                throw invalid(path, parser, "doubled key", "each key once");
            }
            keys.computeIfAbsent(path(context.getParent()), parent -> new ArrayList<>())
                    .add(context.getCurrentName());
        } else {
            values.put(path, shown(parser, token));
        }
        if (lines.size() >= StrictParser.MOST_VALUES) {
            throw invalid("", parser, "more values", "at most " + StrictParser.MOST_VALUES);
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

    /** As much of a text as a message has room for. */
    static String shortened(String text) {
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
