package dev.laurel.definition;

import dev.laurel.model.Expect;
import dev.laurel.model.Says;

/** A column that must never be an input, and why: a result of what is predicted, for instance. */
@Says("A column that must never be an input: a result of what is predicted, for instance.")
public record Ignored(
        @Says("The column.") String column,
        @Says("Why, for people.") String reason) {
    public Ignored {
        Expect.notBlank("column", column);
        Expect.notBlank("reason", reason);
    }
}
