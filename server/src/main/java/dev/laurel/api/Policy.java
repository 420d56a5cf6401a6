package dev.laurel.api;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Gate;
import dev.laurel.definition.LiveGate;
import dev.laurel.definition.Retention;
import dev.laurel.definition.Schedule;
import dev.laurel.model.Environment;
import dev.laurel.model.Experiment;
import dev.laurel.model.Metric;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens by itself to a model, in one sentence for people: what is trained when, what the gate does, and what is kept. */
final class Policy {
    private Policy() {}

    /** @param every how often this very process trains; empty where another one does */
    static String sentence(Definition definition, Environment environment, Optional<Duration> every) {
        return "%s; %s; %s."
                .formatted(training(definition, every), gate(definition.gate(), environment), kept(definition));
    }

    private static String training(Definition definition, Optional<Duration> every) {
        Schedule schedule = definition.schedule();
        String when = every.map(time -> "Trained here every " + text(time))
                .orElseGet(() -> schedule == null
                        ? "Trained whenever a trainer runs"
                        : "Trained when its newest version is older than " + schedule);
        boolean oneRowMore = definition.split().neededRows(0, 0).isPresent();
        return when
                + (oneRowMore
                        ? ", each time with one row more of the source, as long as it has more"
                        : ", where the rows or the definition have changed");
    }

    private static String gate(Gate gate, Environment environment) {
        String better = gate.metric().better() == Metric.Better.LOWER
                ? "lower"
                : gate.metric().better() == Metric.Better.HIGHER ? "higher" : "nearer zero";
        String passed = "the gate passes a version whose %s is at least %s %s than the champion's, on %s rows or more%s"
                .formatted(
                        gate.metric(),
                        Experiment.number(gate.minimumGain()),
                        better,
                        gate.minimumRows(),
                        gate.asked().isEmpty()
                                ? ""
                                : ", and which keeps the definition's further rules (%s)"
                                        .formatted(gate.asked().size()));
        return passed + ", and " + then(gate, environment);
    }

    private static String then(Gate gate, Environment environment) {
        LiveGate live = gate.live();
        String moved = switch (gate.mode()) {
            case COMMIT -> "a commit then makes it the champion of " + environment + tried(live);
            case PULL_REQUEST -> "a person who merges its pull request then makes it the champion of " + environment;
            case MANUAL -> "only a person makes it the champion of " + environment;
        };
        return live == null || live.champion() == null
                ? moved
                : moved + "; a champion that fails on live traffic is rolled back";
    }

    /** Without a champion there is nothing to compare with. */
    private static String tried(@Nullable LiveGate live) {
        if (live == null) {
            return "";
        }
        String how = switch (live.mode()) {
            case CANARY -> "a canary that answers %s %% of the callers".formatted(live.share());
            case SHADOW -> "a shadow that answers nobody and is compared";
        };
        return " where none stands, else its challenger first, %s, which live traffic then promotes or withdraws"
                .formatted(how);
    }

    private static String kept(Definition definition) {
        String all = "every version, also a rejected one, is kept in history";
        return definition.effectiveRetention() instanceof Retention.Last last
                ? all + ", the newest %s, and those that are pinned, in the tree too".formatted(last.last())
                : all + " and in the tree";
    }

    private static String text(Duration time) {
        if (time.toMillis() < 1_000) {
            return time.toMillis() + " ms";
        }
        return time.toSeconds() % 60 == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
