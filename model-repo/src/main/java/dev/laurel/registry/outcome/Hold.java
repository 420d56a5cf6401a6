package dev.laurel.registry.outcome;

import dev.laurel.model.Version;
import org.jspecify.annotations.Nullable;

/**
 * A pin that automation leaves alone, because its last change lowered or removed it, or because of drift.
 *
 * @param commit the change
 * @param from the version before it
 * @param to the version after it; absent when the pin was removed
 */
public record Hold(String commit, Version from, @Nullable Version to) {
    /** Whether the pin did not move: what it names drifted. */
    public boolean isForDrift() {
        return from.equals(to);
    }
}
