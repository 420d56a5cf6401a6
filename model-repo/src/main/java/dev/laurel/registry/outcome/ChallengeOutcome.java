package dev.laurel.registry.outcome;

import dev.laurel.model.ChallengerPin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of pinning a challenger, of taking one away, or of judging one. */
public sealed interface ChallengeOutcome {
    /** The version is tried from {@code commit} on. */
    record Pinned(ChallengerPin pin, String commit) implements ChallengeOutcome {}

    /** The pin said that already. */
    record Unchanged(ChallengerPin pin) implements ChallengeOutcome {}

    /** It is tried no more, for these reasons. */
    record Withdrawn(ChallengerPin pin, List<String> reasons, String commit) implements ChallengeOutcome {
        public Withdrawn {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * It became champion.
     *
     * @param commit that moved the champion's pin
     * @param ended the commit after it that took the challenger's pin away; null where somebody else had done so
     */
    record Won(
            ChallengerPin pin,
            String summary,
            String commit,
            @Nullable String ended) implements ChallengeOutcome {}

    /** Nothing was decided or written, for this reason. */
    record Undecided(String reason) implements ChallengeOutcome {}

    /** Automation leaves the pin alone. */
    record Held(Hold hold) implements ChallengeOutcome {}

    /** The gate said no. */
    record Rejected(List<String> reasons) implements ChallengeOutcome {
        public Rejected {
            reasons = List.copyOf(reasons);
        }
    }
}
