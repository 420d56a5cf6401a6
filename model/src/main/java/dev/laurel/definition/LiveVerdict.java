package dev.laurel.definition;

import dev.laurel.model.Expect;
import java.util.List;

/** What live traffic says of a challenger. */
public sealed interface LiveVerdict {
    /** It may take the champion's place. */
    record Passed(String summary) implements LiveVerdict {}

    /** It may not, for these reasons. */
    record Failed(List<String> reasons) implements LiveVerdict {
        public Failed {
            reasons = List.copyOf(reasons);
            Expect.notEmpty("reasons", reasons);
        }
    }

    /** Too little is known so far. */
    record NotYet(String reason) implements LiveVerdict {}
}
