package dev.laurel.registry;

import dev.laurel.model.Decision;
import dev.laurel.model.Pin;

/** What came of a promotion, a rollback or a withdrawal. */
public sealed interface Promotion {

    /** The pin was moved by {@code commit}. */
    record Moved(Pin pin, String commit) implements Promotion {}

    /** No champion stood before: the pin was removed by {@code commit}. */
    record Withdrawn(Pin pin, String commit) implements Promotion {}

    /** The gate said no. */
    record Rejected(Decision decision) implements Promotion {}

    /** Automation leaves this pin alone. */
    record Held(Hold hold) implements Promotion {}

    /** The pin named that version already. */
    record Unchanged(Pin pin) implements Promotion {}
}
