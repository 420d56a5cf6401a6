package dev.laurel.cli.output;

import dev.laurel.drift.ColumnDrift;
import dev.laurel.drift.ColumnDrift.Verdict;
import dev.laurel.drift.DriftReport;
import dev.laurel.yaml.Yaml;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** A drift report as lines for a terminal. */
public final class DriftText {
    private static final int MOST_STEADY = 5;

    private final DriftReport report;

    public DriftText(DriftReport report) {
        this.report = report;
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(System.lineSeparator());
        text.add(report.summary());
        List<ColumnDrift> columns = report.drift().columns().stream()
                .sorted(Comparator.comparing((ColumnDrift column) -> column.verdict() != Verdict.DRIFTED)
                        .thenComparing(Comparator.comparingDouble(ColumnDrift::distance)
                                .reversed()))
                .toList();
        long drifted = columns.stream()
                .filter(column -> column.verdict() == Verdict.DRIFTED)
                .count();
        columns.stream().limit(drifted + MOST_STEADY).forEach(column -> text.add(line(column)));
        if (columns.size() > drifted + MOST_STEADY) {
            text.add("  and %s more, which differ less".formatted(columns.size() - drifted - MOST_STEADY));
        }
        return text.toString();
    }

    private static String line(ColumnDrift column) {
        StringJoiner line = new StringJoiner(", ");
        line.add(String.format(
                Locale.ROOT,
                "  %-12s %s of %s: distance %.3f, q %.3g",
                Yaml.word(column.verdict()),
                Yaml.word(column.kind()),
                column.name(),
                column.distance(),
                column.q()));
        if (column.psi() != null) {
            line.add(String.format(Locale.ROOT, "PSI %.3f (by chance %.3f)", column.psi(), column.psiByChance()));
        }
        if (column.wasserstein() != null) {
            line.add(String.format(Locale.ROOT, "Wasserstein %.3f", column.wasserstein()));
        }
        if (column.shareNow() != null && column.shareThen() != null) {
            line.add(String.format(
                    Locale.ROOT, "missing %.1f %%, was %.1f %%", 100 * column.shareNow(), 100 * column.shareThen()));
        }
        if (column.unseen() != null && !column.unseen().isEmpty()) {
            line.add("never seen in training: " + String.join(" ", column.unseen()));
        }
        return line.toString();
    }
}
