package dev.laurel.registry.outcome;

import dev.laurel.yaml.InvalidDocumentException;

/**
 * Something that is not as it has to be.
 *
 * @param line of the file, from 1; 0 when it is not about one line
 */
public record Problem(String file, int line, String text) {
    public static Problem of(String file, String text) {
        return new Problem(file, 0, text);
    }

    public static Problem of(String file, InvalidDocumentException e) {
        return new Problem(file, e.line(), e.problem());
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + text;
    }
}
