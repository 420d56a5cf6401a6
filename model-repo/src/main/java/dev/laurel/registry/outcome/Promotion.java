package dev.laurel.registry.outcome;

import dev.laurel.model.Decision;
import dev.laurel.model.Pin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a promotion, a proposal of one, a rollback or a withdrawal. */
public sealed interface Promotion {

    /**
     * The pin was moved by {@code commit}.
     *
     * @param laidDown the commit before it that brought the environment into being; null where it stood already
     */
    record Moved(Pin pin, String commit, @Nullable String laidDown) implements Promotion {}

    /**
     * The move stands on a branch of its own, for a person to merge.
     *
     * @param written whether the branch was made or rebuilt; false when it held this very move already
     * @param superseded the proposals for the same pin whose place it takes; their branches still stand
     */
    record Proposed(PinProposal proposal, boolean written, List<PinProposal> superseded) implements Promotion {}

    /** No champion stood before: the pin was removed by {@code commit}. */
    record Withdrawn(Pin pin, String commit) implements Promotion {}

    /** The gate said no. */
    record Rejected(Decision decision) implements Promotion {}

    /** Automation leaves this pin alone. */
    record Held(Hold hold) implements Promotion {}

    /** It is a challenger first, since the definition lets live traffic judge; or was to be one. */
    record Tried(ChallengeOutcome outcome) implements Promotion {}

    /** The pin named that version already. */
    record Unchanged(Pin pin) implements Promotion {}
}
