package dev.laurel.definition;

import dev.laurel.evaluation.Evaluated;
import dev.laurel.evaluation.Metrics;
import dev.laurel.gate.Contest;
import dev.laurel.gate.Rule;
import dev.laurel.gate.RuleFinding;
import dev.laurel.model.Decision;
import dev.laurel.model.Expect;
import dev.laurel.model.Metric;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rule by which a challenger may take the champion's place. */
@Says("The rule by which a challenger may take the champion's place. Both are measured on the same evaluation rows.")
public record Gate(
        @Says("The number by which they are compared; one that the target has.")
        Metric metric,

        @Says("By how much the challenger has to be better, in units of the metric.")
        @Within(from = -1_000_000, to = 1_000_000)
        double minimumGain,

        @Says("Rows that both must have been evaluated on.") @Within(from = 1, to = 1_000_000)
        int minimumRows,

        @Says("What happens when the gate is passed.") Mode mode,

        @Says("What it asks beside that, each rule by itself; absent: nothing. A pin that stands is not asked again.")
        @Nullable
        List<Rule> rules,

        @Says(
                "How a challenger is judged by live traffic; absent: it is not. With it, what passes the gate where a champion stands is pinned as challenger first.")
        @Nullable
        LiveGate live) {
    /** 0.56 - 0.55 is a little less than 0.01 in floating point and is meant to be a gain of 0.01. */
    private static final double ROUNDING = 1e-9;

    /** What happens when the gate is passed. */
    public enum Mode {
        @Says("The pin is moved by a commit at once.")
        COMMIT,
        @Says(
                "The move is proposed on a branch of its own, with a pull request where there is a Git host; a person merges it.")
        PULL_REQUEST,
        @Says("The version is registered only; a person promotes it.")
        MANUAL
    }

    /** Without rules, and not judged by live traffic. */
    public Gate(Metric metric, double minimumGain, int minimumRows, Mode mode) {
        this(metric, minimumGain, minimumRows, mode, null, null);
    }

    public Gate {
        rules = rules == null ? null : List.copyOf(rules);
        Expect.range("minimum_gain", minimumGain, -1_000_000.0, 1_000_000.0);
        Expect.range("minimum_rows", minimumRows, 1, 1_000_000);
    }

    /** Judges a challenger against the champion, by the gain and by each rule. */
    public Decision decide(Contest contest) {
        Evaluated champion = contest.champion();
        Metrics challenger = contest.challenger().metrics();
        Decision byGain = decide(
                challenger.rows(),
                challenger.get(metric),
                champion == null ? null : champion.metrics().get(metric));
        List<RuleFinding> findings = asked().stream()
                .filter(rule -> champion != null || !rule.isOfBoth())
                .map(rule -> rule.judge(contest))
                .toList();
        List<String> reasons = new ArrayList<>(byGain.isPassed() ? List.of() : byGain.reasons());
        findings.forEach(finding -> reasons.addAll(finding.reasons()));
        List<String> said = new ArrayList<>(reasons.isEmpty() ? byGain.reasons() : reasons);
        findings.forEach(finding -> said.addAll(finding.notes()));
        return new Decision(reasons.isEmpty() ? Decision.Verdict.PASSED : Decision.Verdict.REJECTED, said);
    }

    /** The rules, none where there is no list of them. */
    public List<Rule> asked() {
        return rules == null ? List.of() : rules;
    }

    /** The columns of words whose groups it looks at. */
    public Set<String> columns() {
        return asked().stream()
                .map(Rule::column)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Judges by the gain alone, from the numbers that a pin keeps as evidence: no rule can be asked of these.
     *
     * @param rows that both were evaluated on
     * @param challenger its value of the gate's metric
     * @param champion its value; absent where no champion stands yet
     */
    public Decision decide(int rows, double challenger, @Nullable Double champion) {
        List<String> reasons = new ArrayList<>();
        if (rows < minimumRows) {
            reasons.add("evaluated rows: %s (expected: at least %s)".formatted(rows, minimumRows));
        }
        if (champion == null) {
            return reasons.isEmpty() ? Decision.passed("bootstrap: no champion stands") : Decision.rejected(reasons);
        }
        double gain = metric.gain(challenger, champion);
        String gainText =
                String.format(Locale.ROOT, "%s %.4f against %.4f, gain %+.4f", metric, challenger, champion, gain);
        // Written so that NaN, the AUC of rows with one label only, is never a gain.
        if (!(gain >= minimumGain - ROUNDING)) {
            reasons.add(String.format(Locale.ROOT, "%s (expected: at least %+.4f)", gainText, minimumGain));
        }
        return reasons.isEmpty() ? Decision.passed(gainText) : Decision.rejected(reasons);
    }
}
