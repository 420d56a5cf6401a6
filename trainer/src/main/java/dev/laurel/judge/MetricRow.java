package dev.laurel.judge;

import dev.laurel.evaluation.Interval;
import dev.laurel.evaluation.MetricIntervals;
import dev.laurel.evaluation.Metrics;
import dev.laurel.model.Metric;
import dev.laurel.task.Predictions;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One metric of two models side by side.
 *
 * @param gain how much better {@code to} is than {@code from}; absent where the two were not measured on the same rows
 */
public record MetricRow(
        Metric metric, Value from, Value to, @Nullable Value gain) {

    /** A number with its 95 % interval, which is absent where there is none. */
    public record Value(double value, @Nullable Interval interval) {}

    /** Each as reported, on rows of its own. */
    public static List<MetricRow> apart(Metrics from, Metrics to) {
        return rows(from, MetricIntervals.of(from), to, MetricIntervals.of(to), metric -> null);
    }

    /** Both as reported, on the same rows. */
    public static List<MetricRow> together(Metrics from, Metrics to) {
        return rows(
                from,
                MetricIntervals.of(from),
                to,
                MetricIntervals.of(to),
                metric -> new Value(metric.gain(to.get(metric), from.get(metric)), null));
    }

    /** Both as measured anew, on the same rows. */
    static List<MetricRow> together(Predictions from, Predictions to) {
        Metrics before = from.metrics();
        Metrics after = to.metrics();
        Map<Metric, Interval> gains = MetricIntervals.ofGain(to, from);
        return rows(
                before,
                MetricIntervals.of(from),
                after,
                MetricIntervals.of(to),
                metric -> new Value(metric.gain(after.get(metric), before.get(metric)), gains.get(metric)));
    }

    private static List<MetricRow> rows(
            Metrics from,
            Map<Metric, Interval> fromIntervals,
            Metrics to,
            Map<Metric, Interval> toIntervals,
            Function<Metric, @Nullable Value> gain) {
        return to.known().keySet().stream()
                .map(metric -> new MetricRow(
                        metric,
                        new Value(from.get(metric), fromIntervals.get(metric)),
                        new Value(to.get(metric), toIntervals.get(metric)),
                        gain.apply(metric)))
                .toList();
    }
}
