package dev.laurel.card;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Experiment;
import dev.laurel.model.Metric;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Metrics.Confusion;
import dev.laurel.model.Provenance;
import dev.laurel.evaluation.Report;
import dev.laurel.evaluation.Report.ExperimentResult;
import dev.laurel.evaluation.Report.Side;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.Window;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The model card: what a version is, how good it is and where it comes from, for people. It only repeats what the documents beside it
 * say. (Numbers are formatted with {@code %s}, since the digits of {@code %d} follow the locale of the machine.)
 *
 * @param modelFile digest and size of the model file
 */
public record Card(Definition definition, Report report, Provenance provenance, VersionRecord.Content modelFile) {
    /** File name of the plot that the card shows. */
    public static final String PLOT = "evaluation.svg";

    private static final String ROOT = "../../../../../";

    public String markdown() {
        return String.join("\n", head(), evaluation(), experiments(), windows(), provenanceTable(), use());
    }

    private String head() {
        return """
                # %s %s

                %s

                %s
                """.formatted(
                report.model(), report.version(), definition.description().strip(), verdict());
    }

    private String verdict() {
        return "**%s** %s: %s"
                .formatted(
                        report.decision().isPassed() ? "Passed" : "Rejected",
                        "by the gate of " + report.environment(),
                        String.join("; ", report.decision().reasons()));
    }

    private String evaluation() {
        Side champion = report.champion();
        Side challenger = report.challenger();
        StringBuilder table = new StringBuilder();
        if (champion == null) {
            table.append("| | challenger %s |\n|---|--:|\n".formatted(challenger.version()));
        } else {
            table.append("| | challenger %s | champion %s | gain |\n|---|--:|--:|--:|\n"
                    .formatted(challenger.version(), champion.version()));
        }
        for (Metric metric : Metric.values()) {
            double value = challenger.metrics().get(metric);
            String name = metric == definition.gate().metric() ? "**" + metric + "**" : metric.toString();
            table.append("| ").append(name).append(" | ").append(number(value)).append(" |");
            if (champion != null) {
                double other = champion.metrics().get(metric);
                table.append(" %s | %s |".formatted(number(other), signed(metric.gain(value, other))));
            }
            table.append('\n');
        }
        return """
                ## Evaluation

                On %s rows, %s to %s, that had no part in training or choosing. The gate looks at %s.

                %s
                ![Experiments, challenger and champion, ROC](%s)

                %s""".formatted(
                        challenger.metrics().rows(),
                        report.windows().evaluation().from(),
                        report.windows().evaluation().to(),
                        definition.gate().metric(),
                        table,
                        PLOT,
                        confusion(challenger.metrics().confusion()));
    }

    private String confusion(Confusion confusion) {
        String up = cell(definition.target().up());
        String down = cell(definition.target().down());
        return """
                | | predicted %s | predicted %s |
                |---|--:|--:|
                | was %s | %s | %s |
                | was %s | %s | %s |
                """.formatted(
                        up,
                        down,
                        up,
                        confusion.truePositives(),
                        confusion.falseNegatives(),
                        down,
                        confusion.falsePositives(),
                        confusion.trueNegatives());
    }

    private String experiments() {
        List<Metric> shown = List.of(Metric.ACCURACY, Metric.AUC, Metric.LOG_LOSS, Metric.BRIER);
        Metric deciding = definition.gate().metric();
        List<Metric> columns =
                Stream.concat(Stream.of(deciding), shown.stream()).distinct().toList();
        return """
                ## Experiments

                Chosen by %s on the validation rows.

                | trees x depth | %s | |
                |---|%s---|
                %s""".formatted(
                        deciding,
                        columns.stream().map(Metric::toString).collect(Collectors.joining(" | ")),
                        "--:|".repeat(columns.size()),
                        report.experiments().stream()
                                .map(result -> experiment(result, columns))
                                .collect(Collectors.joining()));
    }

    private static String experiment(ExperimentResult result, List<Metric> columns) {
        Experiment experiment = result.experiment();
        Metrics metrics = result.validation();
        return "| %s x %s | %s | %s |\n"
                .formatted(
                        experiment.trees(),
                        experiment.depth(),
                        columns.stream()
                                .map(metric -> number(metrics.get(metric)))
                                .collect(Collectors.joining(" | ")),
                        result.chosen() ? "**chosen**" : "");
    }

    private String windows() {
        int horizon = definition.target().horizon();
        return """
                ## Windows

                | | from | to | rows |
                |---|---|---|--:|
                %s%s%s
                The newest row known was %s. Between two windows %s left out, so that no label reaches into the next one.
                """.formatted(
                        window("training", report.windows().training()),
                        window("validation", report.windows().validation()),
                        window("evaluation", report.windows().evaluation()),
                        report.clock(),
                        horizon == 1 ? "1 row is" : horizon + " rows are");
    }

    private static String window(String name, Window window) {
        return "| %s | %s | %s | %s |\n".formatted(name, window.from(), window.to(), window.rows());
    }

    private String provenanceTable() {
        String libraries = provenance.libraries().entrySet().stream()
                .map(library -> library.getKey() + " " + library.getValue())
                .collect(Collectors.joining(", "));
        String data = provenance.data().hex();
        return """
                ## Data and provenance

                | | |
                |---|---|
                | source | %s |
                | rows | [`%s`](%sdata/%s/%s.csv) |
                | definition | `%s` |
                | model file | `%s`, %s bytes |
                | seed | %s |
                | trained | %s with Laurel %s from commit `%s` |
                | platform | Java %s, %s, %s |
                | libraries | %s |
                """.formatted(
                        cell(report.source()),
                        provenance.data(),
                        ROOT,
                        data.substring(0, 2),
                        data,
                        provenance.definition(),
                        modelFile.digest(),
                        modelFile.size(),
                        provenance.seed(),
                        provenance.trainedAt().truncatedTo(ChronoUnit.SECONDS),
                        cell(provenance.laurel()),
                        provenance.commit(),
                        cell(provenance.java()),
                        cell(provenance.os()),
                        cell(provenance.architecture()),
                        cell(libraries));
    }

    private String use() {
        return """
                ## Use it, and get back

                Promoting is one commit that moves one file, `environments/%1$s/%2$s/champion.yaml`; getting back is a revert of it.

                ```sh
                # make this version the champion, whatever the gate said
                laurel promote %2$s %3$s
                # back to the champion before; with plain Git: git revert <commit of the promotion>
                laurel rollback %2$s
                # the model file of this version, in a clone
                git lfs pull -I '*/%3$s/%4$s' -X ''
                ```
                """.formatted(
                report.environment(), report.model(), report.version(), VersionRecord.modelFileName(report.model()));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String signed(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%+.4f", value);
    }

    /** Text that stays within its cell of a Markdown table. */
    private static String cell(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
