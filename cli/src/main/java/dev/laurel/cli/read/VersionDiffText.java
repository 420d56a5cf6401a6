package dev.laurel.cli.read;

import dev.laurel.cli.output.Columns;
import dev.laurel.cli.output.Shown;
import dev.laurel.evaluation.Churn;
import dev.laurel.judge.DocumentDifference;
import dev.laurel.judge.VersionDiff;
import dev.laurel.judge.VersionDiff.Side;
import dev.laurel.model.Window;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What differs between two versions, as people read it. */
final class VersionDiffText {
    private final VersionDiff diff;

    VersionDiffText(VersionDiff diff) {
        this.diff = diff;
    }

    @Override
    public String toString() {
        Columns metrics = header(diff.rows() == null ? "" : "gain");
        Shown.metrics(metrics, diff.metrics());
        return String.join(
                System.lineSeparator() + System.lineSeparator(),
                "%s %s -> %s"
                        .formatted(
                                diff.model(), diff.from().version(), diff.to().version()),
                measured(),
                metrics + churn(),
                making().toString(),
                rest());
    }

    private Columns header(String last) {
        return new Columns()
                .add("", diff.from().version().toString(), diff.to().version().toString(), last);
    }

    private String measured() {
        @Nullable Window rows = diff.rows();
        return rows == null
                ? "Each on its own evaluation rows, as reported, with 95 % intervals:"
                : "Both on the same %s rows%s, with 95 %% intervals:"
                        .formatted(rows.rows(), rows.from() == null ? "" : ", " + rows.from() + ".." + rows.to());
    }

    private String churn() {
        @Nullable Churn churn = diff.churn();
        return churn == null
                ? "%n%nNot measured on the same rows: %s.".formatted(diff.apart())
                : String.format(
                        Locale.ROOT,
                        "%n%nChurn: %s of %s answers change (%.1f %%), %s to right and %s to wrong; answers move by %.4f on average",
                        churn.changed(),
                        churn.rows(),
                        100 * churn.share(),
                        churn.corrected(),
                        churn.broken(),
                        churn.meanShift());
    }

    /** What the two were made of. */
    private Columns making() {
        Columns columns = header("");
        both(columns, "experiment", side -> side.chosen().toString());
        both(columns, "training", side -> side.windows().training().toString());
        both(columns, "validation", side -> side.windows().validation().toString());
        both(columns, "evaluation", side -> side.windows().evaluation().toString());
        both(columns, "clock", side -> side.clock() == null ? "none" : side.clock());
        both(columns, "features", side -> side.features() == null ? "unknown" : String.join(", ", side.features()));
        return columns;
    }

    private void both(Columns columns, String name, Function<Side, String> value) {
        columns.add(name, value.apply(diff.from()), value.apply(diff.to()));
    }

    private String rest() {
        @Nullable List<DocumentDifference> definition = diff.definition();
        return (definition == null
                        ? "The definitions differ; in what cannot be read here."
                        : definition.isEmpty() ? "The definition is the same." : differences("definition", definition))
                + System.lineSeparator()
                + System.lineSeparator()
                + (diff.provenance().isEmpty()
                        ? "The provenance is the same."
                        : differences("provenance", diff.provenance()));
    }

    private static String differences(String heading, List<DocumentDifference> differences) {
        Columns columns = new Columns();
        columns.add(heading);
        for (DocumentDifference difference : differences) {
            columns.add("  " + difference.path(), shown(difference.from()), shown(difference.to()));
        }
        return columns.toString();
    }

    private static String shown(@Nullable String value) {
        return value == null ? "none" : value.replace("sha256:", "").length() == 64 ? value.substring(0, 17) : value;
    }
}
