package dev.laurel.cli.output;

import dev.laurel.cli.common.ExitCodes;
import dev.laurel.judge.LiveJudging.Judged;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.outcome.ChallengeOutcome;
import dev.laurel.registry.outcome.Promotion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a challenger or of a failing champion, as a program reads it and as a line.
 *
 * @param outcome {@code pinned}, {@code unchanged}, {@code promoted}, {@code withdrawn}, {@code rolled-back}, {@code undecided} or {@code held}
 * @param version that it is about; absent where none is
 * @param commit that says so; absent where nothing was written
 */
public record LiveText(
        ModelName model,
        Environment environment,
        String outcome,
        @Nullable Version version,
        @Nullable String commit,
        List<String> reasons) {

    public static LiveText of(ModelName model, Environment environment, Judged judged) {
        Promotion rollback = judged.rollback();
        ChallengeOutcome outcome = judged.outcome();
        if (outcome != null) {
            return of(model, environment, outcome);
        }
        if (rollback instanceof Promotion.Moved moved) {
            return new LiveText(
                    model, environment, "rolled-back", moved.pin().version(), moved.commit(), judged.broken());
        }
        if (rollback instanceof Promotion.Held held) {
            return held(model, environment, held.hold().commit());
        }
        List<String> reasons = rollback instanceof Promotion.Rejected rejected
                ? rejected.decision().reasons()
                : judged.broken();
        return new LiveText(model, environment, "undecided", null, null, reasons);
    }

    public static LiveText of(ModelName model, Environment environment, ChallengeOutcome outcome) {
        if (outcome instanceof ChallengeOutcome.Pinned pinned) {
            return new LiveText(model, environment, "pinned", pinned.pin().version(), pinned.commit(), List.of());
        }
        if (outcome instanceof ChallengeOutcome.Unchanged unchanged) {
            return new LiveText(model, environment, "unchanged", unchanged.pin().version(), null, List.of());
        }
        if (outcome instanceof ChallengeOutcome.Won won) {
            return new LiveText(
                    model, environment, "promoted", won.pin().version(), won.commit(), List.of(won.summary()));
        }
        if (outcome instanceof ChallengeOutcome.Withdrawn withdrawn) {
            return new LiveText(
                    model,
                    environment,
                    "withdrawn",
                    withdrawn.pin().version(),
                    withdrawn.commit(),
                    withdrawn.reasons());
        }
        if (outcome instanceof ChallengeOutcome.Held held) {
            return held(model, environment, held.hold().commit());
        }
        List<String> reasons = outcome instanceof ChallengeOutcome.Undecided undecided
                ? List.of(undecided.reason())
                : ((ChallengeOutcome.Rejected) outcome).reasons();
        return new LiveText(model, environment, "undecided", null, null, reasons);
    }

    private static LiveText held(ModelName model, Environment environment, String commit) {
        return new LiveText(
                model, environment, "held", null, null, List.of("the pin is held since %.10s".formatted(commit)));
    }

    public int exitCode() {
        return switch (outcome) {
            case "withdrawn", "rolled-back", "held" -> ExitCodes.REJECTED;
            case "undecided" -> ExitCodes.NOT_YET;
            default -> 0;
        };
    }

    public String line() {
        String what = switch (outcome) {
            case "pinned" -> version + " is tried beside the champion";
            case "unchanged" -> version + " is tried already, nothing was written";
            case "rolled-back" -> "rolled back to " + version + ", held";
            case "undecided" -> "not yet";
            case "held" -> "held";
            default -> version + " " + outcome;
        };
        return "%s in %s: %s%s%s"
                .formatted(
                        model,
                        environment,
                        what,
                        commit == null ? "" : ", commit %.10s".formatted(commit),
                        reasons.isEmpty() ? "" : ": " + String.join("; ", reasons));
    }
}
