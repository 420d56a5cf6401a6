package dev.laurel.schema;

import dev.laurel.yaml.InvalidDocumentException;

/**
 * One thing that is wrong with a document.
 *
 * @param line from 1; 0 where it is the document as a whole
 * @param column from 1; 0 where only the line is known
 * @param key what is wrong, {@code experiments[1].trees}; empty for the document as a whole
 * @param problem its value and what was expected, {@code -3 (expected: a whole number, 1..10000)}
 */
public record Finding(String file, int line, int column, String key, String problem) {
    /** Of a file as a whole. */
    public static Finding of(String file, String problem) {
        return new Finding(file, 0, 0, "", problem);
    }

    public static Finding of(String file, InvalidDocumentException e) {
        return new Finding(file, e.line(), 0, "", e.problem());
    }

    /** For people and for editors: {@code model.yaml:14:10: experiments[1].trees: -3 (expected: ...)}. */
    @Override
    public String toString() {
        String place = (line > 0 ? ":" + line : "") + (column > 0 ? ":" + column : "");
        return file + place + ": " + (key.isEmpty() ? problem : key + ": " + problem);
    }
}
