package dev.laurel.monitor;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/**
 * A gauge of which all series are told at once. A scrape has those of one time, all of them: Micrometer's MultiGauge takes a series out
 * and in again with each new value, so that a scrape in between misses it.
 */
public final class ShownGauge {
    private volatile List<Row> rows = List.of();

    /** One series: the values of its labels, in the order of their names. */
    public record Row(double value, List<String> labels) {
        public Row {
            labels = List.copyOf(labels);
        }

        public Row(double value, String... labels) {
            this(value, List.of(labels));
        }
    }

    ShownGauge(PrometheusRegistry registry, String name, String help, String... labels) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(gauge -> rows.forEach(row -> gauge.call(row.value, row.labels.toArray(String[]::new))))
                .register(registry);
    }

    /** @param series in place of all that were there; no two with the same labels */
    public void show(List<Row> series) {
        rows = List.copyOf(series);
    }
}
