package dev.laurel.registry.rule;

import dev.laurel.definition.Gate;
import dev.laurel.definition.LiveGate;
import dev.laurel.definition.LiveVerdict;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.LiveEvidence;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.program.Reason;
import dev.laurel.registry.history.CommitRevision;
import dev.laurel.registry.outcome.Hold;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.view.PinChange;
import dev.laurel.yaml.InvalidDocumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What has to be true of a pin that is not one of its environment's earlier pins brought back: it beat the champion that stood, by the
 * rules of the commit before when automation moved it, and its evidence is what the report says.
 */
final class PinRules {
    private final CommitRevision before;
    private final CommitRevision after;
    private final Environment environment;
    private final ModelName model;
    private final List<String> problems = new ArrayList<>();

    /** @param before the first parent of the commit that moved the pin */
    PinRules(CommitRevision before, CommitRevision after, Environment environment, ModelName model) {
        this.before = before;
        this.after = after;
        this.environment = environment;
        this.model = model;
    }

    List<String> problems(PinChange change) {
        Pin pin = Objects.requireNonNull(change.after());
        Pin champion = change.before();
        switch (change.direction()) {
            case RAISED -> {
                expectBeats(pin, champion);
                if (pin.by() == Pin.By.AUTOMATION) {
                    automation(pin, champion);
                }
            }
            case LOWERED -> {
                expectBeats(pin, champion);
                if (pin.by() == Pin.By.AUTOMATION) {
                    problems.add("by: automation (expected: person, since automation only raises a pin)");
                }
            }
            case REWORDED -> problems.add("reworded (expected: a pin changes when it moves, and only then)");
            case REMOVED -> throw new IllegalArgumentException("a pin that was removed has no rules");
        }
        if (pin.evidence() != null && after.has(model, pin.version())) {
            evidence(pin, pin.evidence());
        }
        return problems;
    }

    private void expectBeats(Pin pin, @Nullable Pin champion) {
        expect("beats", pin.beats(), champion == null ? null : champion.version(), "the champion before");
    }

    /** What has to be true of a challenger that automation put there: it passed the gate, as a champion that it puts there has to. */
    List<String> problemsOfChallenger(PinChange change) {
        Pin pin = Objects.requireNonNull(change.after());
        if (pin.by() == Pin.By.AUTOMATION && change.direction() == PinChange.Direction.RAISED) {
            gate(() -> before.challengerHold(environment, model))
                    .ifPresent(gate ->
                            automation(pin, before.pin(environment, model).orElse(null), gate));
        } else if (pin.by() == Pin.By.AUTOMATION) {
            problems.add("by: automation (expected: person, since automation only raises a pin)");
        }
        if (pin.evidence() != null && after.has(model, pin.version())) {
            evidence(pin, pin.evidence());
        }
        return problems;
    }

    private void automation(Pin pin, @Nullable Pin champion) {
        gate(() -> before.hold(environment, model)).ifPresent(gate -> {
            if (pin.live() == null) {
                automation(pin, champion, gate);
            } else {
                live(pin, pin.live(), champion, gate.live());
            }
        });
    }

    /** The gate that stood, if automation may move the pin by it at all; empty where it cannot be read. */
    private Optional<Gate> gate(Supplier<Optional<Hold>> holding) {
        Gate gate;
        Optional<Hold> hold;
        try {
            gate = before.definition(model).gate();
            hold = holding.get();
        } catch (InvalidDocumentException | RegistryException e) {
            RegistryException.passOutage(e);
            problems.add(
                    "by: automation (expected: person, since the rules could not be read: %s)".formatted(Reason.of(e)));
            return Optional.empty();
        }
        hold.ifPresent(held -> problems.add(
                "by: automation (expected: person, since the pin was held by %.10s)".formatted(held.commit())));
        if (gate.mode() == Gate.Mode.MANUAL) {
            problems.add("by: automation (expected: person, since the gate's mode is manual)");
        }
        return Optional.of(gate);
    }

    /** What live traffic decided: about the very two versions that stood beside each other, by the rules that stood. */
    private void live(Pin pin, LiveEvidence live, @Nullable Pin champion, @Nullable LiveGate rules) {
        boolean tried = before.challenger(environment, model)
                .filter(challenger -> challenger.asPin().namesSameVersionAs(pin))
                .isPresent();
        if (!tried) {
            problems.add("live: of %s (expected: none, since it was not the challenger)".formatted(pin.version()));
        }
        expect("live.challenger.version", live.challenger().version(), pin.version(), "the pinned one");
        expect(
                "live.champion.version",
                live.champion().version(),
                champion == null ? null : champion.version(),
                "the champion before");
        if (rules == null) {
            problems.add("live: there (expected: none, since the gate has no live rules)");
        } else if (!(rules.judge(live) instanceof LiveVerdict.Passed)) {
            problems.add("rejected by the live rules at %.10s".formatted(before.commit()));
        }
    }

    private void automation(Pin pin, @Nullable Pin champion, Gate gate) {
        Pin.Evidence evidence = pin.evidence();
        if (evidence == null) {
            problems.add("evidence: missing (expected: what the gate judged)");
            return;
        }
        expect("evidence.metric", evidence.metric(), gate.metric(), "the gate's");
        if ((evidence.champion() == null) != (champion == null)) {
            problems.add("evidence.champion: %s (expected: %s)"
                    .formatted(
                            shown(evidence.champion()),
                            champion == null ? "none, since no champion stood" : "the value of " + champion.version()));
        } else if (evidence.metric() == gate.metric()) {
            judge(gate, evidence);
        }
    }

    private void judge(Gate gate, Pin.Evidence evidence) {
        var decision = gate.decide(evidence.rows(), evidence.challenger(), evidence.champion());
        if (!decision.isPassed()) {
            problems.add("rejected by the gate at %.10s: %s"
                    .formatted(before.commit(), String.join("; ", decision.reasons())));
        }
    }

    private void evidence(Pin pin, Pin.Evidence evidence) {
        try {
            Report report = after.report(model, pin.version());
            Metrics challenger = report.challenger().metrics();
            expect("evidence.challenger", evidence.challenger(), challenger.get(evidence.metric()), "as reported");
            expect("evidence.rows", evidence.rows(), challenger.rows(), "as reported");
            // A person may carry the evidence of another environment along, with the value of that one's champion.
            Report.Side champion = pin.by() == Pin.By.AUTOMATION ? report.champion() : null;
            if (champion != null && champion.version().equals(pin.beats())) {
                double value = champion.metrics().get(evidence.metric());
                expect("evidence.champion", evidence.champion(), value, "as reported");
            }
            Digest data = Optional.ofNullable(after.record(model, pin.version()).data())
                    .map(Content::digest)
                    .orElseGet(() -> after.provenance(model, pin.version()).data());
            expect("evidence.data", evidence.data(), data, "that of " + pin.version());
        } catch (InvalidDocumentException | RegistryException e) {
            RegistryException.passOutage(e);
            problems.add("evidence: nothing to compare it with: " + Reason.of(e));
        }
    }

    private void expect(String thing, @Nullable Object actual, @Nullable Object expected, String why) {
        if (!Objects.equals(actual, expected)) {
            problems.add("%s: %s (expected: %s, %s)".formatted(thing, shown(actual), shown(expected), why));
        }
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "none" : value.toString();
    }
}
