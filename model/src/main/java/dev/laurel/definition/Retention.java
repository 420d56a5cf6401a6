package dev.laurel.definition;

import dev.laurel.model.Expect;
import dev.laurel.model.Says;
import dev.laurel.model.Within;

/**
 * Which versions stay in the tree of the models repository: {@code last: 50}, or {@code off}. The others leave it when a newer one is
 * registered, and stay in history.
 */
public sealed interface Retention {
    /** What holds where a definition says nothing. */
    Retention DEFAULT = new Last(50);

    /**
     * The newest versions stay, beside those that are pinned and those that a rollback returns to.
     */
    @Says("The newest versions stay, beside those that are pinned and those that a rollback returns to.")
    record Last(
            @Says("How many, the one just registered among them.") @Within(from = 1, to = 1_000_000)
            int last) implements Retention {
        public Last {
            Expect.range("last", last, 1, 1_000_000);
        }
    }

    /** Every version stays. */
    record Off() implements Retention {}
}
