package dev.laurel.live;

import dev.laurel.drift.ColumnDrift;
import dev.laurel.drift.DriftOutcome;
import dev.laurel.monitor.ServerMetrics;
import dev.laurel.monitor.ShownGauge;
import dev.laurel.monitor.ShownGauge.Row;
import dev.laurel.yaml.Yaml;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Drift as metrics. A model has few versions in a day, and of its columns only those that differ most are shown. */
public final class DriftGauges {
    private static final int MOST_COLUMNS = 20;

    private final ShownGauge found;
    private final ShownGauge rows;
    private final ShownGauge distances;

    public DriftGauges(ServerMetrics metrics) {
        found = metrics.shown(
                "laurel_drift",
                "1 where drift was found, 0 where there is none; absent where there are too few rows to tell",
                "model",
                "version",
                "role",
                "window");
        rows = metrics.shown(
                "laurel_drift_rows",
                "Rows that were counted, without repeated ones",
                "model",
                "version",
                "role",
                "window");
        distances = metrics.shown(
                "laurel_drift_distance",
                "Distance of a column from the training rows, 0..1: Kolmogorov-Smirnov or total variation; of those that differ most",
                "model",
                "version",
                "role",
                "window",
                "column",
                "kind");
    }

    void show(Collection<LiveReport> reports) {
        List<Row> outcomes = new ArrayList<>();
        List<Row> counts = new ArrayList<>();
        List<Row> columns = new ArrayList<>();
        for (LiveReport report : reports) {
            for (LiveReport.Of of : report.versions()) {
                List<String> labels =
                        List.of(report.model().value(), of.version().toString(), of.role());
                show(and(labels, "hour"), of.hour(), outcomes, counts, columns);
                show(and(labels, "day"), of.day(), outcomes, counts, columns);
            }
        }
        found.show(outcomes);
        rows.show(counts);
        distances.show(columns);
    }

    private static List<String> and(List<String> labels, String... more) {
        return Stream.concat(labels.stream(), Stream.of(more)).toList();
    }

    private static void show(
            List<String> labels,
            LiveReport.Window window,
            Collection<Row> outcomes,
            Collection<Row> counts,
            Collection<Row> columns) {
        DriftOutcome outcome = window.drift().outcome();
        if (!(outcome instanceof DriftOutcome.TooFewRows)) {
            outcomes.add(new Row(outcome instanceof DriftOutcome.Drifted ? 1 : 0, labels));
        }
        counts.add(new Row(window.drift().rows(), labels));
        window.drift().columns().stream()
                .sorted(Comparator.comparingDouble(ColumnDrift::distance).reversed())
                .limit(MOST_COLUMNS)
                .forEach(column ->
                        columns.add(new Row(column.distance(), and(labels, column.name(), Yaml.word(column.kind())))));
    }
}
