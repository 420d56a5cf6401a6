package dev.laurel.definition;

import dev.laurel.model.Expect;

/**
 * A column that must never be an input, and why: a result of what is predicted, for instance.
 *
 * @param reason for people
 */
public record Ignored(String column, String reason) {
    public Ignored {
        Expect.notBlank("column", column);
        Expect.notBlank("reason", reason);
    }
}
