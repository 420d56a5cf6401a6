package dev.laurel.judge;

import dev.laurel.model.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gate says about a proposed change, such as a pull request.
 *
 * @param verdict passed when every pin passed and the change has no problems
 * @param base the commit whose rules judged
 * @param head the commit that was judged; absent while it is not made yet
 * @param pins those that the change moves
 * @param problems of the change as a whole
 * @param others files that it changes beside the pins
 */
public record GateVerdict(
        Decision.Verdict verdict,
        String base,
        @Nullable String head,
        List<PinVerdict> pins,
        List<String> problems,
        List<String> others) {
    public GateVerdict {
        pins = List.copyOf(pins);
        problems = List.copyOf(problems);
        others = List.copyOf(others);
    }

    public static GateVerdict of(
            String base, @Nullable String head, List<PinVerdict> pins, List<String> problems, List<String> others) {
        boolean passed = problems.isEmpty()
                && pins.stream().allMatch(pin -> pin.decision().isPassed());
        return new GateVerdict(
                passed ? Decision.Verdict.PASSED : Decision.Verdict.REJECTED, base, head, pins, problems, others);
    }

    public boolean isPassed() {
        return verdict == Decision.Verdict.PASSED;
    }

    /** For people who read the pull request: the verdict in the first line, then a section for each pin. At most some 60,000 characters. */
    public String markdown() {
        return new GateMarkdown(this).toString();
    }
}
