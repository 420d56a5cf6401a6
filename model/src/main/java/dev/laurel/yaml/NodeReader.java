package dev.laurel.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a document to its end, whatever stands in it. What a {@link StrictParser} refuses becomes a {@link Node.Refused}. */
final class NodeReader {
    private final YAMLParser parser;
    private final String file;
    private int values;

    private NodeReader(YAMLParser parser, String file) {
        this.parser = parser;
        this.file = file;
    }

    /** @throws InvalidDocumentException when it is empty, of several documents, or of more values than any of ours */
    static Node read(YAMLFactory factory, byte[] bytes, String file) throws IOException {
        try (YAMLParser parser = factory.createParser(bytes)) {
            if (parser.nextToken() == null) {
                throw new InvalidDocumentException(file, 1, "nothing (expected: keys and values)");
            }
            NodeReader reader = new NodeReader(parser, file);
            Node document = reader.node(0);
            if (parser.nextToken() != null) {
                throw reader.invalid("a second document (expected: one document)");
            }
            return document;
        }
    }

    private Node node(int depth) throws IOException {
        if (depth > StrictParser.DEEPEST) {
            throw invalid("values nested deeper (expected: at most " + StrictParser.DEEPEST + " levels)");
        }
        if (++values > StrictParser.MOST_VALUES) {
            throw invalid("more values (expected: at most " + StrictParser.MOST_VALUES + ")");
        }
        Node.Place place = place();
        Optional<StrictParser.Refusal> refusal = StrictParser.refusal(parser);
        JsonToken token = parser.currentToken();
        Node node = switch (token) {
            case START_OBJECT -> new Node.Entries(entries(depth), place);
            case START_ARRAY -> new Node.Items(items(depth), place);
            default -> new Node.Scalar(value(token), shown(token), place);
        };
        return refusal.isEmpty()
                ? node
                : new Node.Refused(refusal.get().found(), refusal.get().expected(), place);
    }

    private List<Node.Entry> entries(int depth) throws IOException {
        List<Node.Entry> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Node.Place place = place();
            Optional<StrictParser.Refusal> refusal = StrictParser.refusal(parser);
            String key = parser.currentName();
            parser.nextToken();
            Node value = node(depth + 1);
            entries.add(new Node.Entry(
                    DocumentOutline.shortened(key),
                    place,
                    refusal.isEmpty()
                            ? value
                            : new Node.Refused(
                                    refusal.get().found(), refusal.get().expected(), place)));
        }
        return entries;
    }

    private List<Node> items(int depth) throws IOException {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(depth + 1));
        }
        return items;
    }

    private JsonNode value(JsonToken token) throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (token) {
            case VALUE_TRUE, VALUE_FALSE -> BooleanNode.valueOf(token == JsonToken.VALUE_TRUE);
            case VALUE_NUMBER_INT -> nodes.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(Doubles.parse(parser));
            case VALUE_NULL -> nodes.nullNode();
            default -> TextNode.valueOf(parser.getText());
        };
    }

    private String shown(JsonToken token) throws IOException {
        String text = DocumentOutline.shortened(String.valueOf(parser.getText()));
        return token == JsonToken.VALUE_STRING ? "'" + text + "'" : text;
    }

    private Node.Place place() {
        JsonLocation location = parser.currentTokenLocation();
        return new Node.Place(location.getLineNr(), location.getColumnNr());
    }

    private InvalidDocumentException invalid(String problem) {
        return new InvalidDocumentException(file, place().line(), problem);
    }
}
