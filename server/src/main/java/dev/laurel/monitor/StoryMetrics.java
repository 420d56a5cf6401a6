package dev.laurel.monitor;

import dev.laurel.evaluation.MetricIntervals;
import dev.laurel.evaluation.Metrics;
import dev.laurel.follow.Follower;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import dev.laurel.registry.view.Revision;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the models repository says of the models that are followed, as metrics: since when a pin, a hold, a challenger stands, and how good
 * the pinned version was when it was made. Read once for each commit and on a thread of its own, since it walks history, and a scrape shall
 * not wait for it; a scrape shows what was read last, and all of it at once.
 */
public final class StoryMetrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoryMetrics.class);

    private final Follower follower;
    private final Supplier<Registry> registry;
    private final PrometheusRegistry meters;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread reader = new Thread(task, "story-metrics");
        reader.setDaemon(true);
        return reader;
    });
    private @Nullable String read;
    /** Whether something could not be read, which may be there at the next scrape. */
    private volatile boolean again;

    private volatile Map<ModelName, ModelStory> stories = Map.of();

    StoryMetrics(PrometheusRegistry meters, Follower follower, Supplier<Registry> registry) {
        this.follower = follower;
        this.registry = registry;
        this.meters = meters;
        gauge("laurel_pins_readable", "1 while the pins can be read, 0 while they cannot")
                .callback(gauge -> gauge.call(follower.problem().isEmpty() ? 1 : 0))
                .register(meters);
        gauge("laurel_pin_version", "The number of the version that is pinned")
                .labelNames("model")
                .callback(gauge -> stories.forEach((model, story) ->
                        story.pin().ifPresent(pin -> gauge.call(pin.version().number(), model.value()))))
                .register(meters);
        gauge(
                        "laurel_pin_changed_timestamp_seconds",
                        "When the pin was changed last: raised, lowered or removed, and the version since then")
                .labelNames("model", "version", "direction", "commit")
                .callback(gauge -> stories.forEach((model, story) -> story.moved()
                        .ifPresent(change -> gauge.call(
                                seconds(change.time()),
                                model.value(),
                                change.after() == null
                                        ? "none"
                                        : change.after().version().toString(),
                                change.direction().name().toLowerCase(Locale.ROOT),
                                change.commit().substring(0, 10)))))
                .register(meters);
        time(
                "laurel_hold_since_timestamp_seconds",
                "Since when automation leaves the pin alone; absent where it does not",
                ModelStory::held);
        time(
                "laurel_challenger_since_timestamp_seconds",
                "Since when a version is tried beside the champion; absent where none is",
                ModelStory::challenged);
        time(
                "laurel_version_registered_timestamp_seconds",
                "When the newest version was registered",
                ModelStory::registered);
        report(
                "laurel_report_value",
                "A metric of the pinned version on its evaluation rows",
                (metrics, show) -> metrics.known().forEach(show));
        report(
                "laurel_report_low",
                "The lower end of its interval of 95 %, where it has one",
                (metrics, show) -> MetricIntervals.besideLive(metrics)
                        .forEach((metric, interval) -> show.accept(metric, interval.low())));
        report(
                "laurel_report_high",
                "The upper end of its interval of 95 %, where it has one",
                (metrics, show) -> MetricIntervals.besideLive(metrics)
                        .forEach((metric, interval) -> show.accept(metric, interval.high())));
    }

    private static GaugeWithCallback.Builder gauge(String name, String help) {
        return GaugeWithCallback.builder().name(name).help(help);
    }

    private void time(String name, String help, Function<ModelStory, Optional<Instant>> time) {
        gauge(name, help)
                .labelNames("model")
                .callback(gauge -> stories.forEach(
                        (model, story) -> time.apply(story).ifPresent(at -> gauge.call(seconds(at), model.value()))))
                .register(meters);
    }

    private static double seconds(Instant time) {
        return (double) time.getEpochSecond();
    }

    /** @param numbers gives each number of the metrics to whom it is to be shown */
    private void report(String name, String help, BiConsumer<Metrics, BiConsumer<Metric, Double>> numbers) {
        gauge(name, help)
                .labelNames("model", "version", "metric")
                .callback(gauge -> stories.forEach((model, story) -> story.report()
                        .ifPresent(report -> numbers.accept(report.challenger().metrics(), (metric, value) -> {
                            if (Double.isFinite(value)) {
                                gauge.call(
                                        value, model.value(), report.version().toString(), metric.toString());
                            }
                        }))))
                .register(meters);
    }

    /** Has everything read anew in a moment, where the commit is another one than last time. */
    synchronized void refresh() {
        Revision revision = follower.followed().orElse(null);
        if (revision != null && (again || !revision.commit().equals(read))) {
            again = false;
            read = revision.commit();
            thread.execute(() -> read(revision));
        }
    }

    private void read(Revision revision) {
        Map<ModelName, ModelStory> told = new TreeMap<>();
        follower.standings().keySet().forEach(model -> {
            try {
                told.put(model, ModelStory.read(revision, registry.get()::at, follower.environment(), model));
            } catch (RuntimeException e) {
                // The follower says what is wrong with a pin; here its metrics are missing, and those of the others are
                // not.
                LOG.debug("No metrics of {} at {}", model, revision.commit(), e);
                again = true;
            }
        });
        stories = told;
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
