package dev.laurel.monitor;

import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.trace.TraceParent;
import dev.laurel.trace.Trail;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Requests for predictions by model, version, role and what came of them. Models and versions are those that answer, so nobody can invent a
 * series; of a model the series of its newest versions are kept, since a process sees many of them go.
 */
final class PredictionMetrics {
    private static final double[] SECONDS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1
    };
    private static final int VERSIONS_KEPT = 10;
    /** An exemplar has 128 characters at most, of names and values together. */
    private static final int LONGEST_ID = 64;

    private final Counter requests;
    private final Histogram latency;
    private final Map<ModelName, Deque<Version>> seen = new ConcurrentHashMap<>();

    PredictionMetrics(PrometheusRegistry registry) {
        requests = Counter.builder()
                .name("prediction_requests")
                .help("Requests for predictions, by the version that was asked and what came of them")
                .labelNames("model", "version", "role", "outcome")
                .register(registry);
        latency = Histogram.builder()
                .name("prediction_latency")
                .unit(Unit.SECONDS)
                .help("From the whole body of a request to its answers")
                .labelNames("model", "version", "role")
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .register(registry);
    }

    void asked(Pin pin, String role, String outcome, Duration took) {
        String model = pin.model().value();
        String version = pin.version().toString();
        keep(pin);
        Labels exemplar = Trail.current().map(PredictionMetrics::exemplar).orElse(Labels.EMPTY);
        double seconds = took.toNanos() / 1e9;
        if (exemplar.isEmpty()) {
            requests.labelValues(model, version, role, outcome).inc();
            latency.labelValues(model, version, role).observe(seconds);
        } else {
            requests.labelValues(model, version, role, outcome).incWithExemplar(exemplar);
            latency.labelValues(model, version, role).observeWithExemplar(seconds, exemplar);
        }
    }

    private static Labels exemplar(Trail trail) {
        Labels request =
                trail.requestId().length() > LONGEST_ID ? Labels.EMPTY : Labels.of("request_id", trail.requestId());
        return Optional.ofNullable(trail.trace())
                .map(TraceParent::traceId)
                .map(trace -> request.add("trace_id", trace))
                .orElse(request);
    }

    private void keep(Pin pin) {
        Deque<Version> versions = seen.computeIfAbsent(pin.model(), model -> new ConcurrentLinkedDeque<>());
        if (versions.contains(pin.version())) {
            return;
        }
        synchronized (versions) {
            if (!versions.contains(pin.version())) {
                versions.add(pin.version());
            }
            if (versions.size() > VERSIONS_KEPT) {
                List<String> gone =
                        List.of(pin.model().value(), versions.remove().toString());
                requests.removeIf(labels -> labels.subList(0, 2).equals(gone));
                latency.removeIf(labels -> labels.subList(0, 2).equals(gone));
            }
        }
    }
}
