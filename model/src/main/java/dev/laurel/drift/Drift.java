package dev.laurel.drift;

import dev.laurel.drift.ColumnDrift.Kind;
import dev.laurel.drift.ColumnDrift.Verdict;
import dev.laurel.drift.Profile.AnswerProfile;
import dev.laurel.drift.Profile.ColumnProfile;
import dev.laurel.drift.Profile.Distribution;
import dev.laurel.model.Expect;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What was seen, compared with the profile of the training rows.
 *
 * @param rows that were answered, without the repeated ones
 * @param repeated rows that were left out, since the very same row had come shortly before
 * @param columns features, columns, then the answers
 */
public record Drift(long rows, long repeated, DriftRules rules, DriftOutcome outcome, List<ColumnDrift> columns) {
    /** What the answered labels are called among the columns. */
    static final String ANSWER = "answer";

    public Drift {
        columns = List.copyOf(columns);
    }

    /**
     * @param seen counted by a {@link Tally} of that profile
     * @throws dev.laurel.model.InvalidValueException when drift cannot be measured against that profile, or it is not the one of the counts
     */
    public static Drift of(Profile profile, Seen seen, DriftRules rules) {
        Seen whole = new Tally(profile).seen().plus(seen);
        Expect.that(
                whole.features().size() == seen.features().size()
                        && whole.columns().size() == seen.columns().size(),
                "counts",
                seen.features().keySet(),
                "those of the profile: " + whole.features().keySet());
        List<DriftFinding> findings = findings(profile, seen, rules);
        double[] q = BenjaminiHochberg.q(
                findings.stream().mapToDouble(DriftFinding::p).toArray());
        List<ColumnDrift> columns = new ArrayList<>();
        for (int i = 0; i < q.length; i++) {
            columns.add(column(findings.get(i), q[i], findings.size(), rules));
        }
        return new Drift(seen.rows(), seen.repeated(), rules, outcome(profile, seen.rows(), columns, rules), columns);
    }

    private static List<DriftFinding> findings(Profile profile, Seen seen, DriftRules rules) {
        List<DriftFinding> findings = new ArrayList<>();
        for (Distribution feature : profile.features()) {
            if (feature.cells() != null) {
                findings.add(DriftFinding.numbers(
                        Kind.NUMBERS,
                        feature,
                        feature.cells(),
                        Objects.requireNonNull(seen.features().get(feature.feature())),
                        rules));
            }
        }
        for (ColumnProfile column : Objects.requireNonNull(profile.columns())) {
            Seen.Words now = Objects.requireNonNull(seen.columns().get(column.column()));
            if (column.words() != null) {
                findings.add(DriftFinding.words(
                        column.column(),
                        Kind.WORDS,
                        new TreeMap<>(column.words()),
                        column.others() == null ? 0 : column.others(),
                        now.words(),
                        now.others(),
                        rules));
            }
            // Where nothing was ever missing there is nothing to test, and no chance to pay for.
            if (column.missing() + now.missing() > 0) {
                findings.add(DriftFinding.missing(column.column(), profile.rows(), column.missing(), now, rules));
            }
        }
        AnswerProfile answers = Objects.requireNonNull(profile.answers());
        if (answers.labels() != null) {
            findings.add(DriftFinding.words(
                    ANSWER, Kind.LABELS, new TreeMap<>(answers.labels()), 0, seen.labels(), 0, rules));
        }
        if (answers.scores().cells() != null && seen.scores() != null) {
            findings.add(DriftFinding.numbers(
                    Kind.ANSWERS, answers.scores(), answers.scores().cells(), seen.scores(), rules));
        }
        return findings;
    }

    private static ColumnDrift column(DriftFinding finding, double q, int tests, DriftRules rules) {
        return new ColumnDrift(
                finding.name(),
                finding.kind(),
                verdict(finding, q, tests, rules),
                finding.rows(),
                finding.distance(),
                finding.p(),
                q,
                finding.psi(),
                finding.psiByChance(),
                finding.chiSquared(),
                finding.wasserstein(),
                finding.shareThen(),
                finding.shareNow(),
                finding.unseen());
    }

    private static Verdict verdict(DriftFinding finding, double q, int tests, DriftRules rules) {
        if (finding.rows() < rules.fewestRows()) {
            return Verdict.TOO_FEW_ROWS;
        }
        if (q <= rules.significance() && finding.distance() >= finding.least()) {
            return Verdict.DRIFTED;
        }
        return finding.rows() < rules.needed(finding.reference(), tests) ? Verdict.TOO_FEW_ROWS : Verdict.STEADY;
    }

    /** The answers are fewer in the profile than its rows; that they cannot be told of does not make the rest untold. */
    private static DriftOutcome outcome(Profile profile, long rows, List<ColumnDrift> columns, DriftRules rules) {
        List<String> drifted = columns.stream()
                .filter(column -> column.verdict() == Verdict.DRIFTED)
                .map(ColumnDrift::name)
                .distinct()
                .toList();
        if (!drifted.isEmpty()) {
            return new DriftOutcome.Drifted(drifted);
        }
        long needed = rules.needed(profile.rows(), columns.size());
        return rows >= needed
                ? new DriftOutcome.Steady()
                : new DriftOutcome.TooFewRows(rows, needed == Long.MAX_VALUE ? null : needed);
    }
}
