package dev.laurel.api;

import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report;
import dev.laurel.model.Metric;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How good the answering version was when it was made, beside the champion of that time and beside answers that need no model, all on the
 * very same rows.
 *
 * @param rows for people: {@code 2019-01-02..2019-03-29, 60 rows}
 * @param before the champion of that time; absent where there was none
 */
public record EvaluationView(String rows, @Nullable String before, List<MetricView> metrics) {

    /**
     * One metric. A number is absent where it is not defined on these rows, or was not measured.
     *
     * @param better {@code higher}, {@code lower} or {@code nearer zero}
     * @param gate whether the gate judges by it
     */
    public record MetricView(
            String metric,
            String better,
            boolean gate,
            @Nullable Double champion,
            @Nullable Double before,
            @Nullable Double noModel) {}

    static EvaluationView of(Report report, Metric gate) {
        Report.Side champion = report.champion();
        Metrics before = champion == null ? null : champion.metrics();
        return new EvaluationView(
                report.windows().evaluation().toString(),
                champion == null ? null : champion.version().toString(),
                report.challenger().metrics().known().entrySet().stream()
                        .map(entry -> new MetricView(
                                entry.getKey().toString(),
                                better(entry.getKey()),
                                entry.getKey() == gate,
                                number(entry.getValue()),
                                number(before, entry.getKey()),
                                number(report.naive(), entry.getKey())))
                        .toList());
    }

    private static String better(Metric metric) {
        return metric.better().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static @Nullable Double number(@Nullable Metrics metrics, Metric metric) {
        return metrics == null ? null : number(metrics.get(metric));
    }

    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
