package dev.laurel.monitor;

import dev.laurel.follow.Arrival;
import dev.laurel.follow.Arrivals;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** How long the newest move of each pin took to get here; one series for each model that moved while this process was there. */
final class ArrivalMetrics {
    private ArrivalMetrics() {}

    static void register(Arrivals arrivals, PrometheusRegistry registry) {
        gauge(
                "promotion_to_ready_seconds",
                "From the commit that moved the pin until its version could answer here",
                arrivals,
                Arrival::toReady,
                registry);
        gauge(
                "promotion_to_answer_seconds",
                "From the commit that moved the pin to the first prediction by its version here",
                arrivals,
                Arrival::toAnswer,
                registry);
    }

    private static void gauge(
            String name,
            String help,
            Arrivals arrivals,
            Function<Arrival, Optional<Duration>> took,
            PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("model", "version")
                .callback(gauge -> arrivals.all()
                        .forEach((model, arrival) -> took.apply(arrival)
                                .ifPresent(time -> gauge.call(
                                        time.toMillis() / 1e3,
                                        model.value(),
                                        arrival.pin().version().toString()))))
                .register(registry);
    }
}
