package dev.laurel.card;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Search;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report;
import dev.laurel.evaluation.Report.ExperimentResult;
import dev.laurel.evaluation.Report.Side;
import dev.laurel.feature.FittedState;
import dev.laurel.feature.State;
import dev.laurel.model.Metric;
import dev.laurel.model.Provenance;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.Window;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The model card: what a version is, how good it is and where it comes from, for people. It only repeats what the documents beside it
 * say. (Numbers are formatted with {@code %s}, since the digits of {@code %d} follow the locale of the machine.)
 *
 * @param fitted what the features learned from the training rows
 * @param modelFile digest and size of the model file
 */
public record Card(
        Definition definition,
        Exhibit exhibit,
        FittedState fitted,
        Provenance provenance,
        VersionRecord.Content modelFile) {
    /** File name of the plot that the card shows. */
    public static final String PLOT = "evaluation.svg";

    private static final String ROOT = "../../../../../";

    public String markdown() {
        return Stream.of(head(), evaluation(), experiments(), windows(), fittedState(), provenanceTable(), use())
                .filter(section -> !section.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private Report report() {
        return exhibit.report();
    }

    private String head() {
        return """
                # %s %s

                %s

                It predicts: %s.

                %s
                """.formatted(
                        report().model(),
                        report().version(),
                        definition.description().strip(),
                        definition.target().described(),
                        verdict());
    }

    private String verdict() {
        return "**%s** %s: %s"
                .formatted(
                        report().decision().isPassed() ? "Passed" : "Rejected",
                        "by the gate of " + report().environment(),
                        String.join("; ", report().decision().reasons()));
    }

    private String evaluation() {
        Side champion = report().champion();
        Side challenger = report().challenger();
        Metrics naive = report().naive();
        List<String> header = new ArrayList<>(List.of("challenger " + challenger.version()));
        if (champion != null) {
            header.addAll(List.of("champion " + champion.version(), "gain"));
        }
        if (naive != null) {
            header.add("without a model");
        }
        MarkdownTable table = new MarkdownTable("", header);
        challenger.metrics().known().forEach((metric, value) -> {
            List<String> cells = new ArrayList<>(List.of(Svg.number(value)));
            if (champion != null) {
                double other = champion.metrics().get(metric);
                cells.add(Svg.number(other));
                cells.add(Svg.signed(metric.gain(value, other)));
            }
            if (naive != null) {
                cells.add(Svg.number(naive.get(metric)));
            }
            table.row(metric == definition.gate().metric() ? "**" + metric + "**" : metric.toString(), cells);
        });
        return """
                ## Evaluation

                On %s, that had no part in training or choosing. The gate looks at %s.

                %s%s%s""".formatted(
                        span(report().windows().evaluation()),
                        definition.gate().metric(),
                        table,
                        exhibit.challenger() == null ? "" : plot(),
                        pictures());
    }

    private static String span(Window window) {
        return window.from() == null
                ? window.rows() + " rows"
                : "%s rows, %s to %s".formatted(window.rows(), window.from(), window.to());
    }

    private String plot() {
        return "\n![%s](%s)\n"
                .formatted(
                        Pictures.of(exhibit).stream()
                                .map(Picture::name)
                                .collect(Collectors.joining(", ", "Experiments, challenger and champion; ", "")),
                        PLOT);
    }

    private String pictures() {
        return Pictures.of(exhibit).stream()
                .map(picture -> picture.numbers(exhibit))
                .filter(numbers -> !numbers.isEmpty())
                .map(numbers -> "\n" + numbers)
                .collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private String experiments() {
        Metric deciding = definition.gate().metric();
        List<Metric> columns = Stream.concat(
                        Stream.of(deciding),
                        Stream.of(
                                Metric.ACCURACY,
                                Metric.AUC,
                                Metric.LOG_LOSS,
                                Metric.BRIER,
                                Metric.RMSE,
                                Metric.MAE,
                                Metric.R2))
                .distinct()
                .filter(report().challenger().metrics().known()::containsKey)
                .toList();
        return """
                ## Experiments

                Chosen by %s on the validation rows.%s

                | experiment | %s | |
                |---|%s---|
                %s""".formatted(
                        deciding,
                        ended(),
                        columns.stream().map(Metric::toString).collect(Collectors.joining(" | ")),
                        "--:|".repeat(columns.size()),
                        report().experiments().stream()
                                .map(result -> experiment(result, columns))
                                .collect(Collectors.joining()));
    }

    private String ended() {
        Search search = definition.search();
        int tried = report().experiments().size();
        return search == null || search.minutes() == null || tried >= definition.mostTrials()
                ? ""
                : " The time limit of %s minutes ended the search after %s of %s trials."
                        .formatted(search.minutes(), tried, definition.mostTrials());
    }

    private static String experiment(ExperimentResult result, List<Metric> columns) {
        Metrics metrics = result.validation();
        return "| %s | %s | %s |\n"
                .formatted(
                        result.experiment(),
                        columns.stream()
                                .map(metric -> Svg.number(metrics.get(metric)))
                                .collect(Collectors.joining(" | ")),
                        result.chosen() ? "**chosen**" : result.pruned() == null ? "" : "given up " + result.pruned());
    }

    private String windows() {
        int horizon = definition.target().horizon();
        String clock = report().clock() == null ? "" : "The newest row known was %s.".formatted(report().clock());
        String gap = horizon == 0
                ? ""
                : "Between two windows %s left out, so that no true answer reaches into the next one."
                        .formatted(horizon == 1 ? "1 row is" : horizon + " rows are");
        String notes = Stream.of(definition.split().kept(), clock, gap)
                .filter(note -> !note.isEmpty())
                .collect(Collectors.joining(" "));
        boolean isKeyed = report().windows().evaluation().from() != null;
        MarkdownTable table = new MarkdownTable("", isKeyed ? List.of("from", "to", "rows") : List.of("rows"));
        window(table, "training", report().windows().training());
        window(table, "validation", report().windows().validation());
        window(table, "evaluation", report().windows().evaluation());
        return """
                ## Windows

                %s%s""".formatted(table, notes.isEmpty() ? "" : "\n" + notes + "\n");
    }

    private static void window(MarkdownTable table, String name, Window window) {
        String from = window.from();
        String to = window.to();
        String rows = String.valueOf(window.rows());
        table.row(name, from == null || to == null ? List.of(rows) : List.of(from, to, rows));
    }

    /** What the features learned from the training rows, if anything. */
    private String fittedState() {
        if (fitted.features().isEmpty() && fitted.columns().isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder();
        fitted.features().forEach((name, state) -> table.append(row(List.of(MarkdownTable.cell(name), shown(state)))));
        fitted.columns()
                .forEach((name, state) ->
                        table.append(row(List.of(MarkdownTable.cell("missing " + name), shown(state)))));
        return """
                ## Learned from the training rows

                | feature | |
                |---|---|
                %s
                """.formatted(table);
    }

    private static String shown(State state) {
        return Stream.concat(state.numbers().stream().map(Svg::number), state.words().stream())
                .map(MarkdownTable::cell)
                .collect(Collectors.joining(", "));
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
                        MarkdownTable.cell(report().source()),
                        provenance.data(),
                        ROOT,
                        data.substring(0, 2),
                        data,
                        provenance.definition(),
                        modelFile.digest(),
                        modelFile.size(),
                        provenance.seed(),
                        provenance.trainedAt().truncatedTo(ChronoUnit.SECONDS),
                        MarkdownTable.cell(provenance.laurel()),
                        provenance.commit(),
                        MarkdownTable.cell(provenance.java()),
                        MarkdownTable.cell(provenance.os()),
                        MarkdownTable.cell(provenance.architecture()),
                        MarkdownTable.cell(libraries));
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
                git lfs pull -I '**/%3$s/%4$s' -X ''
                ```
                """.formatted(
                        report().environment(),
                        report().model(),
                        report().version(),
                        VersionRecord.modelFileName(report().model()));
    }
}
