package dev.laurel.cli.drift;

import dev.laurel.drift.ColumnDrift;
import dev.laurel.drift.ColumnDrift.Kind;
import dev.laurel.drift.DriftReport;
import dev.laurel.store.DriftMetric;
import dev.laurel.store.DriftMetrics;
import dev.laurel.store.Store;
import dev.laurel.yaml.Yaml;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report as rows of the table {@code drift_metrics}: one for each column and measure. */
final class StoredDrift {
    private final DriftReport report;
    private final Set<String> numbers;

    StoredDrift(DriftReport report) {
        this.report = report;
        this.numbers = report.drift().columns().stream()
                .filter(column -> column.kind() == Kind.NUMBERS)
                .map(ColumnDrift::name)
                .collect(Collectors.toSet());
    }

    void write(Store store, String batch, Instant now) {
        new DriftMetrics(store, report.model(), report.version(), report.digest())
                .write(
                        batch,
                        now,
                        report.drift().columns().stream()
                                .flatMap(column -> metrics(column).stream())
                                .toList());
    }

    private List<DriftMetric> metrics(ColumnDrift column) {
        List<DriftMetric> metrics = new ArrayList<>();
        metrics.add(new DriftMetric(
                name(column),
                switch (column.kind()) {
                    case NUMBERS, ANSWERS -> "kolmogorov-smirnov";
                    case WORDS, LABELS -> "total-variation";
                    case MISSING -> "missing-difference";
                },
                column.rows() == 0 ? null : column.distance(),
                column.p(),
                column.q(),
                column.rows(),
                Yaml.word(column.verdict())));
        add(metrics, column, "psi", column.psi());
        add(metrics, column, "chi-squared", column.chiSquared());
        add(metrics, column, "wasserstein", column.wasserstein());
        add(metrics, column, "missing", column.shareNow());
        return metrics;
    }

    private void add(List<DriftMetric> metrics, ColumnDrift column, String measure, @Nullable Double value) {
        if (value != null) {
            metrics.add(new DriftMetric(
                    name(column), measure, value, null, null, column.rows(), Yaml.word(column.verdict())));
        }
    }

    /** What the model answers, and words beside numbers of the same name, have names of their own there. */
    private String name(ColumnDrift column) {
        return switch (column.kind()) {
            case LABELS, ANSWERS -> "answers: " + column.name();
            case WORDS -> numbers.contains(column.name()) ? column.name() + " (words)" : column.name();
            case NUMBERS, MISSING -> column.name();
        };
    }
}
