package dev.laurel.run;

import dev.laurel.evaluation.Report;
import dev.laurel.forge.PullRequest;
import dev.laurel.model.Decision;
import dev.laurel.registry.Promotion;
import dev.laurel.registry.Registration;
import org.jspecify.annotations.Nullable;

/** What came of a training run. */
public sealed interface RunOutcome {

    /**
     * A version was registered.
     *
     * @param promotion what became of its promotion; null when the gate's mode leaves that to a person
     * @param request the pull request that asks people about it; null where there is none
     */
    record Registered(
            Registration.Registered registration,
            Report report,
            @Nullable Promotion promotion,
            @Nullable PullRequest request)
            implements RunOutcome {}

    /** The candidate was rejected by the gate, and the definition keeps those that pass only; nothing was written. */
    record Rejected(String newestRow, Decision decision) implements RunOutcome {}

    /** Definition, data and seed are those of the newest version; nothing was written. */
    record NothingNew(String reason) implements RunOutcome {}

    /** The clock stands at the newest row; there is nothing to train on until the source has more. */
    record EndOfHistory(String newestRow) implements RunOutcome {}

    /** The run could not be made and registered nothing. */
    record Skipped(String reason) implements RunOutcome {}
}
