package dev.laurel.cli.up;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Gate;
import dev.laurel.definition.LiveGate;
import dev.laurel.definition.Retention;
import java.math.BigDecimal;
import java.time.Duration;

/** What {@code laurel up} does with a model by itself, in a line. */
final class PolicyLine {
    private PolicyLine() {}

    static String line(Definition definition, Duration every) {
        return "%s: trains every %s; the gate %s; %s, %s"
                .formatted(
                        definition.model(),
                        shown(every),
                        gate(definition.gate()),
                        kept(definition),
                        definition.effectiveRetention() instanceof Retention.Last last
                                ? "the last %s in the tree".formatted(last.last())
                                : "all of them in the tree");
    }

    private static String gate(Gate gate) {
        String passed = "what is better in %s by %s on at least %s rows"
                .formatted(gate.metric(), plain(gate.minimumGain()), gate.minimumRows());
        return switch (gate.mode()) {
            case COMMIT -> gate.live() == null ? "promotes " + passed : tried(gate.live(), passed);
            case PULL_REQUEST -> "proposes " + passed;
            case MANUAL -> "passes " + passed + " and leaves the promotion to you";
        };
    }

    /** Small ones too without an exponent. */
    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String tried(LiveGate live, String passed) {
        String how = switch (live.mode()) {
            case CANARY -> "a canary for %s %% of the callers".formatted(live.share());
            case SHADOW -> "a shadow";
        };
        return "tries %s as %s first, where a champion stands, and live traffic promotes or withdraws it"
                .formatted(passed, how);
    }

    private static String kept(Definition definition) {
        return switch (definition.effectiveKeep()) {
            case ALL -> "every version is kept, rejected or not";
            case PASSED -> "versions that pass are kept";
            case BEST_OF_DAY -> "the best version of each day is kept";
        };
    }

    private static String shown(Duration every) {
        return every.toMillis() % 1000 == 0 ? every.toSeconds() + " s" : every.toMillis() + " ms";
    }
}
