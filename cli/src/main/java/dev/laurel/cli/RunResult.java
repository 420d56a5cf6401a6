package dev.laurel.cli;

import dev.laurel.model.Version;
import dev.laurel.registry.Promotion;
import dev.laurel.train.RunOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What came of a training run, as a program reads it.
 *
 * @param outcome {@code registered}, {@code nothing-new}, {@code end-of-history} or {@code skipped}
 * @param promotion {@code promoted}, {@code rejected}, {@code held}, {@code unchanged} or {@code manual}; absent where nothing was
 *     registered
 * @param reason why nothing was registered; absent where something was
 */
record RunResult(
        String outcome,
        @Nullable Version version,
        @Nullable String commit,
        @Nullable String promotion,
        @Nullable String reason) {

    static RunResult of(RunOutcome outcome) {
        if (outcome instanceof RunOutcome.Registered registered) {
            return new RunResult(
                    "registered",
                    registered.registration().version(),
                    registered.registration().commit(),
                    word(registered.promotion()),
                    null);
        }
        if (outcome instanceof RunOutcome.NothingNew nothing) {
            return none("nothing-new", "nothing new: " + nothing.reason());
        }
        if (outcome instanceof RunOutcome.EndOfHistory end) {
            return none(
                    "end-of-history",
                    "the history ends at " + end.newestRow() + ": nothing to train on until it goes on");
        }
        return none("skipped", "skipped: " + ((RunOutcome.Skipped) outcome).reason());
    }

    private static RunResult none(String outcome, String reason) {
        return new RunResult(outcome, null, null, null, reason);
    }

    private static String word(@Nullable Promotion promotion) {
        if (promotion == null) {
            return "manual";
        }
        return promotion instanceof Promotion.Moved
                ? "promoted"
                : promotion instanceof Promotion.Rejected
                        ? "rejected"
                        : promotion instanceof Promotion.Held ? "held" : "unchanged";
    }
}
