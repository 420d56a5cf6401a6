package dev.laurel.cli.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of a flow.
 *
 * @param outcome {@code done} or {@code failed}
 * @param exit that of the first step that failed; 0 where none did
 */
record FlowReport(String flow, String outcome, int exit, List<StepReport> steps) {

    /**
     * What came of a step.
     *
     * @param outcome {@code done}, {@code accepted} where it ended with a code that the flow accepts, {@code failed} or {@code skipped}
     * @param exit absent where it was skipped
     * @param attempts 0 where it was skipped
     * @param result what the command printed for programs; absent where it was nothing
     * @param message its last line on standard error; absent where there was none, or nothing was wrong
     */
    record StepReport(
            String name,
            String run,
            String outcome,
            @Nullable Integer exit,
            int attempts,
            double seconds,
            @Nullable JsonNode result,
            @Nullable String message) {

        static StepReport skipped(Flow.Step step) {
            return new StepReport(step.name(), step.run(), "skipped", null, 0, 0, null, null);
        }

        boolean isFailure() {
            return outcome.equals("failed");
        }

        private String line() {
            String code = exit == null || exit == 0 ? "" : ", exit code " + exit;
            String tries = attempts > 1 ? ", %s attempts".formatted(attempts) : "";
            String time = attempts == 0 ? "" : String.format(Locale.ROOT, ", %.1f s", seconds);
            String why = isFailure() && message != null ? ": " + message : "";
            return "  %s: %s%s%s%s%s".formatted(name, outcome, code, tries, time, why);
        }
    }

    static FlowReport of(Flow flow, List<StepReport> steps) {
        return steps.stream()
                .filter(StepReport::isFailure)
                .findFirst()
                .map(step -> new FlowReport(flow.flow(), "failed", step.exit() == null ? 1 : step.exit(), steps))
                .orElseGet(() -> new FlowReport(flow.flow(), "done", 0, steps));
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder("%s: %s".formatted(flow, outcome));
        steps.forEach(step -> text.append(System.lineSeparator()).append(step.line()));
        return text.toString();
    }
}
