package dev.laurel.cli.train;

import dev.laurel.model.Version;
import dev.laurel.registry.Promotion;
import dev.laurel.run.RunOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What came of a training run, as a program reads it.
 *
 * @param outcome {@code registered}, {@code rejected}, {@code nothing-new}, {@code end-of-history} or {@code skipped}
 * @param promotion {@code promoted}, {@code proposed}, {@code rejected}, {@code held}, {@code unchanged} or {@code manual}; absent where nothing was
 *     registered
 * @param branch where the promotion is proposed; absent where it is not
 * @param request the page of the pull request for it; absent where there is none
 * @param reason why nothing was registered; absent where something was
 */
public record RunResult(
        String outcome,
        @Nullable Version version,
        @Nullable String commit,
        @Nullable String promotion,
        @Nullable String branch,
        @Nullable String request,
        @Nullable String reason) {

    public static RunResult of(RunOutcome outcome) {
        if (outcome instanceof RunOutcome.Registered registered) {
            return new RunResult(
                    "registered",
                    registered.registration().version(),
                    registered.registration().commit(),
                    word(registered.promotion()),
                    registered.promotion() instanceof Promotion.Proposed proposed
                            ? proposed.proposal().branch()
                            : null,
                    registered.request() == null ? null : registered.request().url(),
                    null);
        }
        if (outcome instanceof RunOutcome.NothingNew nothing) {
            return none("nothing-new", "nothing new: " + nothing.reason());
        }
        if (outcome instanceof RunOutcome.EndOfHistory end) {
            return none(
                    "end-of-history", "nothing new since the newest version, made from rows up to " + end.newestRow());
        }
        if (outcome instanceof RunOutcome.Rejected rejected) {
            return none(
                    "rejected",
                    "not registered, since the definition says keep: passed: "
                            + String.join("; ", rejected.decision().reasons()));
        }
        return none("skipped", "skipped: " + ((RunOutcome.Skipped) outcome).reason());
    }

    private static RunResult none(String outcome, String reason) {
        return new RunResult(outcome, null, null, null, null, null, reason);
    }

    private static String word(@Nullable Promotion promotion) {
        if (promotion == null) {
            return "manual";
        }
        if (promotion instanceof Promotion.Proposed) {
            return "proposed";
        }
        return promotion instanceof Promotion.Moved
                ? "promoted"
                : promotion instanceof Promotion.Rejected
                        ? "rejected"
                        : promotion instanceof Promotion.Held ? "held" : "unchanged";
    }
}
