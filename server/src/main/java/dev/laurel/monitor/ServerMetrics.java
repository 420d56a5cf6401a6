package dev.laurel.monitor;

import dev.laurel.follow.Arrivals;
import dev.laurel.follow.Follower;
import dev.laurel.follow.LoadedModel;
import dev.laurel.follow.Standing;
import dev.laurel.follow.Standing.Failing;
import dev.laurel.follow.Standing.Serving;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.monitor.ShownGauge.Row;
import dev.laurel.registry.Registry;
import dev.laurel.webhook.DeliveryOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The metrics of a server. Every label has few values: routes are templates, and models and versions are those that were pinned. Long since each has its name and its help here. */
public final class ServerMetrics implements AutoCloseable {
    private static final String OPEN_METRICS = "application/openmetrics-text";
    /** The role of what answers. */
    private static final String CHAMPION = "champion";

    private static final Duration[] LATENCIES = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(new Settings());
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final Map<ModelName, Standing> standings = new ConcurrentSkipListMap<>();
    private final PredictionMetrics predictions = new PredictionMetrics(registry.getPrometheusRegistry());
    /** Those that every request asks for: to find one in the registry again and again would cost more than to count. */
    private final Map<Answer, Timer> requests = new ConcurrentHashMap<>();

    private final Map<Given, Counter> given = new ConcurrentHashMap<>();
    private final List<Runnable> refreshes = new CopyOnWriteArrayList<>();
    private final ShownGauge trained;
    private final Map<ModelName, Instant> lastTrained = new TreeMap<>();
    private final ShownGauge rowsAge;
    private final ShownGauge rowsStale;

    /** Exemplars where OpenMetrics has them, at buckets and counters: one at another place fails the whole scrape of Prometheus 2. */
    private static final class Settings implements PrometheusConfig {
        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public Properties prometheusProperties() {
            Properties settings = new Properties();
            settings.setProperty("io.prometheus.exporter.exemplarsOnAllMetricTypes", "false");
            return settings;
        }
    }

    private record Answer(String method, String route, int status) {}

    private record Given(ModelName model, Version version, String label) {}

    /** All metrics as text. */
    public record Scrape(String mediaType, String text) {}

    /** The age of the newest row of a model, and whether newer ones should exist. */
    public record NewestRow(Duration age, boolean stale) {}

    public ServerMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        showStandings(registry.getPrometheusRegistry());
        rowsAge = shown(
                "laurel_rows_age_seconds",
                "Time since the day of the newest row that predictions are made from",
                "model");
        rowsStale = shown("laurel_rows_stale", "1 when newer rows should exist but could not be had, else 0", "model");
        trained = shown(
                "laurel_training_last_timestamp_seconds",
                "When this process ended its last training run that did not fail",
                "model");
    }

    /**
     * This very process trained.
     *
     * @param outcome one of few words, such as registered, nothing-new or failed
     */
    public synchronized void trained(ModelName model, String outcome, boolean failed, Instant end) {
        Counter.builder("laurel.training.runs")
                .description("Training runs of this process, by what came of them")
                .tags("model", model.value(), "outcome", outcome)
                .register(registry)
                .increment();
        if (!failed) {
            lastTrained.put(model, end);
            trained.show(lastTrained.entrySet().stream()
                    .map(last -> new Row(
                            last.getValue().getEpochSecond(), last.getKey().value()))
                    .toList());
        }
    }

    /** What answers, read whenever somebody asks. */
    public void follow(Supplier<List<LoadedModel>> answering, Clock clock) {
        PrometheusRegistry prometheus = registry.getPrometheusRegistry();
        GaugeWithCallback.builder()
                .name("active_model_version")
                .help("The number of the version that answers")
                .labelNames("model", "role")
                .callback(gauge -> answering
                        .get()
                        .forEach(model -> gauge.call(model.pin().version().number(), name(model), CHAMPION)))
                .register(prometheus);
        GaugeWithCallback.builder()
                .name("model_load_time_seconds")
                .help("How long it took to fetch, verify, decode and try the version that answers")
                .labelNames("model", "version", "role")
                .callback(gauge -> answering
                        .get()
                        .forEach(model -> gauge.call(
                                model.loading().toNanos() / 1e9,
                                name(model),
                                model.pin().version().toString(),
                                CHAMPION)))
                .register(prometheus);
        GaugeWithCallback.builder()
                .name("laurel_pin_age_seconds")
                .help("Since when this process answers with the version that answers")
                .labelNames("model", "role")
                .callback(gauge -> answering
                        .get()
                        .forEach(model -> gauge.call(
                                Duration.between(model.since(), clock.instant()).toMillis() / 1e3,
                                name(model),
                                CHAMPION)))
                .register(prometheus);
    }

    /** How pins that moved came to answer. */
    public void arrivals(Arrivals arrivals) {
        ArrivalMetrics.register(arrivals, registry.getPrometheusRegistry());
    }

    private static String name(LoadedModel model) {
        return model.pin().model().value();
    }

    /** Requests that are worked on, and those that wait for their turn. */
    public void queue(IntSupplier active, IntSupplier waiting) {
        gauge("laurel_requests_active", "Requests that are worked on", active);
        gauge("laurel_requests_waiting", "Requests that wait for their turn", waiting);
    }

    private void gauge(String name, String help, IntSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call(value.getAsInt()))
                .register(registry.getPrometheusRegistry());
    }

    /** A gauge that is told by somebody else. */
    public ShownGauge shown(String name, String help, String... labels) {
        return new ShownGauge(registry.getPrometheusRegistry(), name, help, labels);
    }

    /** What the models repository says of the models that are followed; to be closed before this. */
    public StoryMetrics tell(Follower follower, Supplier<Registry> repository) {
        StoryMetrics stories = new StoryMetrics(registry.getPrometheusRegistry(), follower, repository);
        refreshes.add(stories::refresh);
        return stories;
    }

    /** For metrics that are made elsewhere. */
    public MeterRegistry registry() {
        return registry;
    }

    /** @param route the template of the route, never the path that was asked for */
    public void answered(String method, String route, int status, Duration duration) {
        requests.computeIfAbsent(
                        new Answer(method, route, status),
                        answer -> Timer.builder("laurel.http.requests")
                                .description("Requests and how long they took")
                                .tags("method", method, "route", route, "status", Integer.toString(status))
                                .serviceLevelObjectives(LATENCIES)
                                .register(registry))
                .record(duration);
    }

    /** A version was asked for predictions; exemplars name the request that this thread works on. */
    public void asked(Pin pin, String role, String outcome, Duration took) {
        predictions.asked(pin, role, outcome, took);
    }

    public void predicted(Pin pin, String label) {
        given.computeIfAbsent(
                        new Given(pin.model(), pin.version(), label),
                        of -> Counter.builder("laurel.predictions")
                                .description("Predictions by the label they gave")
                                .tags(
                                        "model",
                                        pin.model().value(),
                                        "version",
                                        pin.version().toString(),
                                        "label",
                                        label)
                                .register(registry))
                .increment();
    }

    /**
     * A source of bytes was asked.
     *
     * @param outcome verified, missing, unreachable, slow or wrong
     */
    public void fetched(String source, String outcome) {
        Counter.builder("laurel.bytes.fetches")
                .description("Model files that sources were asked for, by what came of it")
                .tags("source", source, "outcome", outcome)
                .register(registry)
                .increment();
    }

    /** A delivery to Argo CD came to its end. */
    public void delivered(DeliveryOutcome answer) {
        Counter.builder("laurel.webhook.deliveries")
                .description("Deliveries to Argo CD's webhook by what came of them")
                .tags("outcome", answer.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    /** A model stands in another way than before, or failed to load once more. */
    public void standing(ModelName model, Standing standing) {
        standings.put(model, standing);
        // Asked for in any case, so that it is there, and 0, before the first failure.
        Counter failures = Counter.builder("laurel.load.failures")
                .description("Failed attempts to load what is pinned")
                .tags("model", model.value())
                .register(registry);
        if (standing instanceof Failing) {
            failures.increment();
        }
    }

    /** Asked for by a scrape: to bring all series up to date with each model that is loaded would cost the square of their number. */
    private void showStandings(PrometheusRegistry prometheus) {
        GaugeWithCallback.builder()
                .name("laurel_model_loaded")
                .help("The version that answers, as labels; always 1")
                .labelNames("digest", "model", "version")
                .callback(gauge -> standings.values().stream()
                        .flatMap(standing -> standing.answering().stream())
                        .map(LoadedModel::pin)
                        .forEach(pin -> gauge.call(
                                1,
                                pin.digest().toString(),
                                pin.model().value(),
                                pin.version().toString())))
                .register(prometheus);
        GaugeWithCallback.builder()
                .name("laurel_model_synced")
                .help("1 when what is pinned is what answers, else 0")
                .labelNames("model")
                .callback(gauge -> standings.forEach((model, standing) -> {
                    if (standing instanceof Serving || standing instanceof Failing) {
                        gauge.call(standing instanceof Serving ? 1 : 0, model.value());
                    }
                }))
                .register(prometheus);
    }

    /** The newest rows as they are now, of every model that has some. */
    public synchronized void newestRows(Map<ModelName, NewestRow> rows) {
        List<Row> ages = new ArrayList<>();
        List<Row> stale = new ArrayList<>();
        rows.forEach((model, row) -> {
            ages.add(new Row(row.age().toSeconds(), model.value()));
            stale.add(new Row(row.stale() ? 1 : 0, model.value()));
        });
        rowsAge.show(ages);
        rowsStale.show(stale);
    }

    /** @param refresh brings gauges up to date, before each scrape */
    public void beforeScrapes(Runnable refresh) {
        refreshes.add(refresh);
    }

    /**
     * Everything, in the format that is asked for: the text format of Prometheus, or OpenMetrics, which has exemplars.
     *
     * @param accept as the header has it
     */
    public Scrape scrape(@Nullable String accept) {
        refreshes.forEach(Runnable::run);
        String mediaType = accept != null && accept.contains(OPEN_METRICS)
                ? OPEN_METRICS + "; version=1.0.0; charset=utf-8"
                : "text/plain; version=0.0.4; charset=utf-8";
        return new Scrape(mediaType, registry.scrape(mediaType));
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
