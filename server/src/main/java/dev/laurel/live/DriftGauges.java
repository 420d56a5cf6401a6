package dev.laurel.live;

import dev.laurel.drift.ColumnDrift;
import dev.laurel.drift.DriftOutcome;
import dev.laurel.yaml.Yaml;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Drift as metrics. A model has few versions in a day, and of its columns only those that differ most are shown. */
public final class DriftGauges {
    private static final int MOST_COLUMNS = 20;

    private final MultiGauge found;
    private final MultiGauge rows;
    private final MultiGauge distances;

    public DriftGauges(MeterRegistry registry) {
        found = gauge(
                registry,
                "laurel.drift",
                "1 where drift was found, 0 where there is none; absent where there are too few rows to tell");
        rows = gauge(registry, "laurel.drift.rows", "Rows that were counted, without repeated ones");
        distances = gauge(
                registry,
                "laurel.drift.distance",
                "Distance of a column from the training rows, 0..1: Kolmogorov-Smirnov or total variation; of those that differ most");
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    void show(Collection<LiveReport> reports) {
        List<Row<?>> outcomes = new ArrayList<>();
        List<Row<?>> counts = new ArrayList<>();
        List<Row<?>> columns = new ArrayList<>();
        for (LiveReport report : reports) {
            for (LiveReport.Of of : report.versions()) {
                Tags tags = Tags.of(
                        "model", report.model().value(), "version", of.version().toString(), "role", of.role());
                show(tags.and("window", "hour"), of.hour(), outcomes, counts, columns);
                show(tags.and("window", "day"), of.day(), outcomes, counts, columns);
            }
        }
        found.register(outcomes, true);
        rows.register(counts, true);
        distances.register(columns, true);
    }

    private static void show(
            Tags tags,
            LiveReport.Window window,
            Collection<Row<?>> outcomes,
            Collection<Row<?>> counts,
            Collection<Row<?>> columns) {
        DriftOutcome outcome = window.drift().outcome();
        if (!(outcome instanceof DriftOutcome.TooFewRows)) {
            outcomes.add(Row.of(tags, outcome instanceof DriftOutcome.Drifted ? 1 : 0));
        }
        counts.add(Row.of(tags, window.drift().rows()));
        window.drift().columns().stream()
                .sorted(Comparator.comparingDouble(ColumnDrift::distance).reversed())
                .limit(MOST_COLUMNS)
                .forEach(column -> columns.add(Row.of(
                        tags.and("column", column.name(), "kind", Yaml.word(column.kind())), column.distance())));
    }
}
