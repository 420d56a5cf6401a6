package dev.laurel.judge;

import dev.laurel.model.Decision;
import dev.laurel.model.Version;
import dev.laurel.task.Predictions;
import org.jspecify.annotations.Nullable;

/**
 * A challenger held against a champion.
 *
 * @param champion absent where there is none, or none that can be compared; the decision says which
 */
public record Comparison(@Nullable Champion champion, Decision decision) {

    /** The champion with what it said about the evaluation rows. */
    public record Champion(Version version, Predictions predictions) {}
}
