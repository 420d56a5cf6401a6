package dev.laurel.judge;

import static dev.laurel.judge.MarkdownText.code;

import dev.laurel.evaluation.Churn;
import dev.laurel.evaluation.Interval;
import dev.laurel.evaluation.MetricIntervals;
import dev.laurel.evaluation.Metrics;
import dev.laurel.judge.MetricRow.Value;
import dev.laurel.judge.VersionDiff.Side;
import dev.laurel.model.Experiment;
import dev.laurel.model.Metric;
import dev.laurel.model.Version;
import dev.laurel.model.Window;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A verdict as Markdown, of bounded size. All that comes out of a head, and so from anybody, stands in code spans; see {@link
 * MarkdownText}.
 */
final class GateMarkdown {
    /** Git hosts take some 65,000 characters. A pin with all its details has at most 20,000, one without them 3,000. */
    private static final int ROOM_FOR_DETAILS = 30_000;

    private static final int ROOM = 50_000;
    private static final int LINES = 12;

    private final GateVerdict verdict;
    private final StringBuilder text = new StringBuilder();

    GateMarkdown(GateVerdict verdict) {
        this.verdict = verdict;
    }

    @Override
    public String toString() {
        text.setLength(0);
        line("## Gate: " + verdict.verdict());
        line("");
        String head = verdict.head();
        line("Judged by the rules at the base, %s%s."
                .formatted(code(commit(verdict.base())), head == null ? "" : "; the head is " + code(commit(head))));
        if (verdict.pins().isEmpty()) {
            line("");
            line("No pin moves, so there is nothing to judge.");
        }
        list("What is wrong with the change:", verdict.problems());
        list("It also changes:", verdict.others());
        int shown = 0;
        for (PinVerdict pin : verdict.pins()) {
            if (text.length() < ROOM) {
                pin(pin, text.length() < ROOM_FOR_DETAILS);
                shown++;
            }
        }
        if (shown < verdict.pins().size()) {
            line("");
            line("... and %s more pins.".formatted(verdict.pins().size() - shown));
        }
        return text.toString();
    }

    private void pin(PinVerdict pin, boolean detailed) {
        line("");
        line("### %s in %s: %s → %s, %s"
                .formatted(
                        pin.model(),
                        pin.environment(),
                        version(pin.from()),
                        version(pin.to()),
                        pin.decision().verdict()));
        list("", pin.decision().reasons());
        if (!detailed) {
            return;
        }
        VersionDiff diff = pin.diff();
        Metrics challenger = pin.challenger();
        if (diff != null) {
            diff(diff);
        } else if (challenger != null) {
            alone(version(pin.to()), challenger);
        }
    }

    private static String version(@Nullable Version version) {
        return version == null ? "none" : version.toString();
    }

    private void diff(VersionDiff diff) {
        Window rows = diff.rows();
        paragraph(
                rows == null
                        ? "Each on its own evaluation rows, as reported, with 95 % intervals:"
                        : "Both on the same %s rows%s, with 95 %% intervals:".formatted(rows.rows(), between(rows)));
        line("| | %s | %s | gain |".formatted(diff.from().version(), diff.to().version()));
        line("|---|--:|--:|--:|");
        for (MetricRow row : diff.metrics()) {
            line("| %s | %s | %s | %s |".formatted(row.metric(), value(row.from()), value(row.to()), gain(row.gain())));
        }
        Churn churn = diff.churn();
        paragraph(
                churn == null
                        ? "Not measured on the same rows: %s.".formatted(code(String.valueOf(diff.apart())))
                        : String.format(
                                Locale.ROOT,
                                "Churn: %s of %s answers change (%.1f %%), %s to right and %s to wrong.",
                                churn.changed(),
                                churn.rows(),
                                100 * churn.share(),
                                churn.corrected(),
                                churn.broken()));
        line("| | %s | %s |".formatted(diff.from().version(), diff.to().version()));
        line("|---|---|---|");
        both(diff, "experiment", side -> experiment(side.chosen()));
        both(diff, "training", side -> window(side.windows().training()));
        both(diff, "validation", side -> window(side.windows().validation()));
        both(diff, "evaluation", side -> window(side.windows().evaluation()));
        both(diff, "features", side -> side.features() == null ? "unknown" : code(String.join(", ", side.features())));
        List<DocumentDifference> definition = diff.definition();
        if (definition == null) {
            line("| definition | another | in what cannot be read here |");
        } else {
            differences("definition", definition);
        }
        differences("provenance", diff.provenance());
    }

    private void both(VersionDiff diff, String name, Function<Side, String> value) {
        line("| %s | %s | %s |".formatted(name, value.apply(diff.from()), value.apply(diff.to())));
    }

    private void differences(String heading, List<DocumentDifference> differences) {
        for (DocumentDifference difference : differences.subList(0, Math.min(LINES, differences.size()))) {
            line("| %s: %s | %s | %s |"
                    .formatted(heading, code(difference.path()), shown(difference.from()), shown(difference.to())));
        }
        if (differences.size() > LINES) {
            line("| %s | | ... and %s more |".formatted(heading, differences.size() - LINES));
        }
    }

    private static String shown(@Nullable String value) {
        return value == null ? "none" : code(value.replaceFirst("^(sha256:[0-9a-f]{10})[0-9a-f]{54}$", "$1"));
    }

    private void alone(String version, Metrics metrics) {
        Map<Metric, Interval> intervals = MetricIntervals.of(metrics);
        paragraph("On %s evaluation rows, with 95 %% intervals:".formatted(metrics.rows()));
        line("| | %s |".formatted(version));
        line("|---|--:|");
        metrics.known()
                .forEach((metric, value) ->
                        line("| %s | %s |".formatted(metric, value(new Value(value, intervals.get(metric))))));
    }

    private void list(String heading, List<String> items) {
        if (items.isEmpty()) {
            return;
        }
        line("");
        if (!heading.isEmpty()) {
            line(heading);
            line("");
        }
        items.stream().limit(LINES).forEach(item -> line("- " + code(item)));
        if (items.size() > LINES) {
            line("- ... and %s more".formatted(items.size() - LINES));
        }
    }

    private static String value(Value value) {
        return number("%.4f", value.value()) + interval("%.3f", value.interval());
    }

    private static String gain(@Nullable Value gain) {
        return gain == null ? "" : number("%+.4f", gain.value()) + interval("%+.3f", gain.interval());
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, format, value);
    }

    private static String interval(String format, @Nullable Interval interval) {
        return interval == null
                ? ""
                : " [%s, %s]".formatted(number(format, interval.low()), number(format, interval.high()));
    }

    private static String window(Window window) {
        return window.from() == null || window.to() == null
                ? window.rows() + " rows"
                : "%s to %s, %s rows".formatted(code(window.from()), code(window.to()), window.rows());
    }

    /** Where the rows have keys. */
    private static String between(Window rows) {
        return rows.from() == null || rows.to() == null
                ? ""
                : ", %s to %s".formatted(code(rows.from()), code(rows.to()));
    }

    private static String experiment(Experiment experiment) {
        return code(experiment.toString());
    }

    private static String commit(String id) {
        return id.substring(0, Math.min(10, id.length()));
    }

    private void paragraph(String sentence) {
        line("");
        line(sentence);
        line("");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
