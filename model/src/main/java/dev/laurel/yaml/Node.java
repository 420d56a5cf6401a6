package dev.laurel.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A piece of a document as it is written, with its place. */
public sealed interface Node {
    Place place();

    /** The piece in a few words: {@code 'text'}, {@code -3}, {@code a list}. */
    String shown();

    /** Line and column, both from 1. */
    record Place(int line, int column) {}

    /** A text, a number, true or false. */
    record Scalar(JsonNode value, String shown, Place place) implements Node {}

    /** A list. */
    record Items(List<Node> nodes, Place place) implements Node {
        @Override
        public String shown() {
            return "a list";
        }
    }

    /** Keys and values; a key may stand there twice. */
    record Entries(List<Entry> entries, Place place) implements Node {
        @Override
        public String shown() {
            return "keys and values";
        }
    }

    record Entry(String key, Place place, Node value) {}

    /** What YAML allows and Laurel does not, such as null, an alias or a tag. */
    record Refused(String shown, String expected, Place place) implements Node {}
}
