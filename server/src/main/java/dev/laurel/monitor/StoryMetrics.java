package dev.laurel.monitor;

import dev.laurel.evaluation.Interval;
import dev.laurel.evaluation.MetricIntervals;
import dev.laurel.evaluation.Report;
import dev.laurel.follow.Follower;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import dev.laurel.registry.view.PinChange;
import dev.laurel.registry.view.Revision;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the models repository says of the models that are followed, as metrics: since when a pin, a hold, a challenger stands, and how good
 * the pinned version was when it was made. Read once for each commit and on a thread of its own, since it walks history, and a scrape shall
 * not wait for it; a scrape shows what was read last.
 */
public final class StoryMetrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoryMetrics.class);

    private final Follower follower;
    private final Supplier<Registry> registry;
    private final MultiGauge readable;
    private final MultiGauge pinned;
    private final MultiGauge moved;
    private final MultiGauge held;
    private final MultiGauge challenged;
    private final MultiGauge registered;
    private final MultiGauge report;
    private final MultiGauge reportLow;
    private final MultiGauge reportHigh;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread reader = new Thread(task, "story-metrics");
        reader.setDaemon(true);
        return reader;
    });
    private @Nullable String read;
    /** Whether something could not be read, which may be there at the next scrape. */
    private volatile boolean again;

    public StoryMetrics(MeterRegistry meters, Follower follower, Supplier<Registry> registry) {
        this.follower = follower;
        this.registry = registry;
        readable = gauge(meters, "laurel.pins.readable", "1 while the pins can be read, 0 while they cannot");
        pinned = gauge(meters, "laurel.pin.version", "The number of the version that is pinned");
        moved = time(
                meters,
                "laurel.pin.changed",
                "When the pin was changed last: raised, lowered or removed, and the version since then");
        held = time(
                meters, "laurel.hold.since", "Since when automation leaves the pin alone; absent where it does not");
        challenged = time(
                meters,
                "laurel.challenger.since",
                "Since when a version is tried beside the champion; absent where none is");
        registered = time(meters, "laurel.version.registered", "When the newest version was registered");
        report = gauge(meters, "laurel.report.value", "A metric of the pinned version on its evaluation rows");
        reportLow = gauge(meters, "laurel.report.low", "The lower end of its interval of 95 %, where it has one");
        reportHigh = gauge(meters, "laurel.report.high", "The upper end of its interval of 95 %, where it has one");
    }

    private static MultiGauge gauge(MeterRegistry meters, String name, String description) {
        return MultiGauge.builder(name).description(description).register(meters);
    }

    private static MultiGauge time(MeterRegistry meters, String name, String description) {
        return MultiGauge.builder(name + ".timestamp")
                .description(description)
                .baseUnit("seconds")
                .register(meters);
    }

    /** Has everything read anew in a moment, where the commit is another one than last time. */
    public synchronized void refresh() {
        readable.register(List.of(Row.of(Tags.empty(), follower.problem().isEmpty() ? 1 : 0)), true);
        Revision revision = follower.followed().orElse(null);
        if (revision != null && (again || !revision.commit().equals(read))) {
            again = false;
            read = revision.commit();
            thread.execute(() -> show(revision));
        }
    }

    private void show(Revision revision) {
        Rows rows = new Rows();
        follower.standings().keySet().forEach(model -> {
            try {
                rows.add(model, ModelStory.read(revision, registry.get()::at, follower.environment(), model));
            } catch (RuntimeException e) {
                // The follower says what is wrong with a pin; here its metrics are missing, and those of the others are
                // not.
                LOG.debug("No metrics of {} at {}", model, revision.commit(), e);
                again = true;
            }
        });
        pinned.register(rows.pinned, true);
        moved.register(rows.moved, true);
        held.register(rows.held, true);
        challenged.register(rows.challenged, true);
        registered.register(rows.registered, true);
        report.register(rows.report, true);
        reportLow.register(rows.reportLow, true);
        reportHigh.register(rows.reportHigh, true);
    }

    @Override
    public void close() {
        thread.shutdown();
    }

    private static final class Rows {
        private final List<Row<?>> pinned = new ArrayList<>();
        private final List<Row<?>> moved = new ArrayList<>();
        private final List<Row<?>> held = new ArrayList<>();
        private final List<Row<?>> challenged = new ArrayList<>();
        private final List<Row<?>> registered = new ArrayList<>();
        private final List<Row<?>> report = new ArrayList<>();
        private final List<Row<?>> reportLow = new ArrayList<>();
        private final List<Row<?>> reportHigh = new ArrayList<>();

        void add(ModelName model, ModelStory story) {
            Tags tags = Tags.of("model", model.value());
            story.pin().ifPresent(pin -> pinned.add(Row.of(tags, pin.version().number())));
            story.moved().ifPresent(change -> moved.add(Row.of(tags.and(words(change)), seconds(change.time()))));
            story.held().ifPresent(since -> held.add(Row.of(tags, seconds(since))));
            story.challenged().ifPresent(since -> challenged.add(Row.of(tags, seconds(since))));
            story.registered().ifPresent(time -> registered.add(Row.of(tags, seconds(time))));
            story.report().ifPresent(found -> add(tags, found));
        }

        private void add(Tags model, Report found) {
            Tags version = model.and("version", found.version().toString());
            Map<Metric, Interval> intervals =
                    MetricIntervals.of(found.challenger().metrics());
            found.challenger().metrics().known().forEach((metric, value) -> {
                if (Double.isFinite(value)) {
                    report.add(Row.of(version.and("metric", metric.toString()), value));
                }
            });
            intervals.forEach((metric, interval) -> {
                Tags tags = version.and("metric", metric.toString());
                reportLow.add(Row.of(tags, interval.low()));
                reportHigh.add(Row.of(tags, interval.high()));
            });
        }

        private static Tags words(PinChange change) {
            return Tags.of(
                    "version",
                    change.after() == null ? "none" : change.after().version().toString(),
                    "direction",
                    change.direction().name().toLowerCase(Locale.ROOT),
                    "commit",
                    change.commit().substring(0, 10));
        }

        private static long seconds(Instant time) {
            return time.getEpochSecond();
        }
    }
}
