package dev.laurel.gate;

import java.util.List;
import java.util.Locale;

/**
 * What a rule found.
 *
 * @param reasons why the challenger is not let in; none where the rule is kept
 * @param notes what people should know all the same
 */
public record RuleFinding(List<String> reasons, List<String> notes) {
    static final RuleFinding NONE = new RuleFinding(List.of(), List.of());

    public RuleFinding {
        reasons = List.copyOf(reasons);
        notes = List.copyOf(notes);
    }

    static RuleFinding reason(String reason) {
        return new RuleFinding(List.of(reason), List.of());
    }

    static RuleFinding note(String note) {
        return new RuleFinding(List.of(), List.of(note));
    }

    /** A reason: by how much something is worse than it may be. */
    static String worse(String what, double challenger, double champion, double by) {
        return String.format(
                Locale.ROOT, "%s %.4f against %.4f (expected: worse by at most %.4f)", what, challenger, champion, by);
    }
}
