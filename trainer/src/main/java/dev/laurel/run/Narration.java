package dev.laurel.run;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Gate;
import dev.laurel.definition.Search;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report;
import dev.laurel.evaluation.Report.ExperimentResult;
import dev.laurel.forge.PullRequest;
import dev.laurel.judge.Comparison;
import dev.laurel.model.Decision;
import dev.laurel.model.Environment;
import dev.laurel.model.Experiment;
import dev.laurel.model.Metric;
import dev.laurel.model.Version;
import dev.laurel.model.Window;
import dev.laurel.registry.outcome.ChallengeOutcome;
import dev.laurel.registry.outcome.Hold;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.outcome.Registration;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells people what a run does, in short lines. */
final class Narration {
    private static final int SHORT_COMMIT = 10;

    private final Progress progress;
    private final Definition definition;
    private final Environment environment;
    private int said;

    Narration(Progress progress, Definition definition, Environment environment) {
        this.progress = progress;
        this.definition = definition;
        this.environment = environment;
    }

    void begin(RunRows rows) {
        say("%s at %s, %s", definition.model(), rows.newest(), rows.origin());
        if (!rows.notes().isBlank()) {
            say("  %s", rows.notes());
        }
        Report.Windows windows = Report.Windows.of(rows.sides(), rows.table());
        window("training", windows.training());
        window("validation", windows.validation());
        window("evaluation", windows.evaluation());
    }

    private void window(String name, Window window) {
        say("  %-10s %s", name, window);
    }

    /** @param trials that an earlier run has done */
    void goingOn(int trials) {
        if (trials > 0) {
            say("  going on after %s trials of a run that was ended", trials);
        }
    }

    void experiment(ExperimentResult result) {
        said++;
        progress.trials(said, definition.mostTrials());
        say("%s", text(result, metric()));
    }

    static String text(ExperimentResult result, Metric metric) {
        return String.format(
                Locale.ROOT,
                "  experiment %s: %s %.4f on the validation rows%s",
                result.experiment(),
                metric,
                result.validation().get(metric),
                result.pruned() == null ? "" : ", given up " + result.pruned());
    }

    void searched(int trials) {
        Search search = definition.search();
        if (search != null && search.minutes() != null && trials < definition.mostTrials()) {
            say(
                    "  the time limit of %s minutes ended the search after %s of %s trials",
                    search.minutes(), trials, definition.mostTrials());
        }
    }

    void comparison(Experiment chosen, Metrics challenger, Metrics naive, Comparison comparison) {
        Comparison.Champion champion = comparison.champion();
        String opponent = champion == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", champion %s %.4f",
                        champion.version(),
                        champion.predictions().metrics().get(metric()));
        say(
                "  challenger %s: %s %.4f%s, without a model %.4f, on the %s%s evaluation rows",
                chosen,
                metric(),
                challenger.get(metric()),
                opponent,
                naive.get(metric()),
                champion == null ? "" : "same ",
                challenger.rows());
        say("  %s: %s", comparison.decision().verdict(), reasons(comparison.decision()));
    }

    void registered(Registration.Registered registered, Duration taken) {
        say(
                "  registered %s by %s after %.1f s",
                registered.version(), commit(registered.commit()), taken.toMillis() / 1000.0);
    }

    void passedOver() {
        say("  not registered: keep: passed");
    }

    /**
     * @param decision the one of the report; the promotion was judged again when another champion or definition came in
     * between
     */
    void promotion(Version version, Decision decision, @Nullable Promotion promotion, @Nullable PullRequest request) {
        if (promotion == null && !decision.isPassed()) {
            say("  not promoted: %s keeps its champion", environment);
        } else if (promotion == null) {
            say("  not promoted: the gate's mode is manual (laurel promote %s %s)", definition.model(), version);
        } else if (promotion instanceof Promotion.Moved moved) {
            say("  promoted %s in %s by %s", version, environment, commit(moved.commit()));
        } else if (promotion instanceof Promotion.Proposed proposed) {
            proposed(version, proposed.proposal().branch(), request);
        } else if (promotion instanceof Promotion.Rejected rejected) {
            String why = definition.gate().mode() == Gate.Mode.PULL_REQUEST
                    ? ""
                    : "another champion or definition came in between; ";
            say(
                    "  not promoted: %s",
                    rejected.decision().equals(decision)
                            ? environment + " keeps its champion"
                            : why + reasons(rejected.decision()));
        } else if (promotion instanceof Promotion.Held held) {
            say("  not promoted: %s (laurel release %s ends that)", held(held.hold()), definition.model());
        } else if (promotion instanceof Promotion.Tried tried) {
            tried(version, tried.outcome());
        } else if (promotion instanceof Promotion.Unchanged) {
            say("  %s names %s already", environment, version);
        }
    }

    private void tried(Version version, ChallengeOutcome outcome) {
        if (outcome instanceof ChallengeOutcome.Pinned pinned) {
            say("  %s is tried beside the champion in %s by %s", version, environment, commit(pinned.commit()));
        } else if (outcome instanceof ChallengeOutcome.Held held) {
            say("  not tried: %s (laurel challenge %s ends that)", held(held.hold()), definition.model());
        } else if (outcome instanceof ChallengeOutcome.Rejected rejected) {
            say("  not tried: %s", String.join("; ", rejected.reasons()));
        } else if (outcome instanceof ChallengeOutcome.Undecided undecided) {
            say("  not tried: %s", undecided.reason());
        }
    }

    private void proposed(Version version, String branch, @Nullable PullRequest request) {
        if (request == null) {
            say("  proposed %s in %s: branch %s", version, environment, branch);
            say("  review: laurel gate --base main --head %s; merge: git merge origin/%s", branch, branch);
        } else {
            say("  proposed %s in %s: %s", version, environment, request.url());
        }
    }

    private String held(Hold hold) {
        if (hold.isForDrift()) {
            return "%s is held since %s for drift of %s".formatted(environment, commit(hold.commit()), hold.from());
        }
        return "%s is held since %s took it from %s %s"
                .formatted(
                        environment,
                        commit(hold.commit()),
                        hold.from(),
                        hold.to() == null ? "away" : "back to " + hold.to());
    }

    private static String reasons(Decision decision) {
        return String.join("; ", decision.reasons());
    }

    private Metric metric() {
        return definition.gate().metric();
    }

    private static String commit(String id) {
        return id.substring(0, Math.min(SHORT_COMMIT, id.length()));
    }

    private void say(String format, Object... arguments) {
        progress.line(String.format(Locale.ROOT, format, arguments));
    }
}
