package dev.laurel.live;

import dev.laurel.drift.Drift;
import dev.laurel.drift.DriftReport;
import dev.laurel.drift.DriftRules;
import dev.laurel.drift.Profile;
import dev.laurel.drift.Seen;
import dev.laurel.drift.Shares;
import dev.laurel.follow.LoadedModel;
import dev.laurel.live.LiveReport.Window;
import dev.laurel.model.Digest;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.predict.Answered;
import dev.laurel.predict.Exchange;
import dev.laurel.predict.LiveRole;
import dev.laurel.predict.Observer;
import dev.laurel.program.Reason;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts all that is answered, by version and role, and says how far it is from the training rows. Of a version whose profile has no counts
 * it says nothing. What is counted survives the process where it has a folder for it.
 */
public final class LiveDrift implements Observer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveDrift.class);
    /** Between two looks, and at least so many times what the last one took: it may cost a millisecond a column. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final int PAUSE_TO_LOOK = 100;
    /** Between two times that counts are written. */
    private static final Duration KEEPING = Duration.ofMinutes(1);

    /** Whom {@code LAUREL_DRIFT} switched it off for. */
    static final String OFF = "drift of requests is not counted, as LAUREL_DRIFT says (expected: on)";

    private final Clock clock;
    private final DriftGauges gauges;
    private final Map<Key, Counted> counted = new ConcurrentHashMap<>();
    private final Map<Place, LoadedModel> answering = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "drift");
        thread.setDaemon(true);
        return thread;
    });
    private final boolean counts;
    private volatile @Nullable DriftFolder folder;
    private Instant keptAt = Instant.MIN;

    private record Place(ModelName model, LiveRole role) {}

    private record Key(ModelName model, Version version, Digest digest, String role) {
        static Key of(LoadedModel model, LiveRole role) {
            return new Key(
                    model.pin().model(), model.pin().version(), model.pin().digest(), role.toString());
        }
    }

    /** @param windows absent where drift cannot be measured against the profile */
    private record Counted(Profile profile, @Nullable Windows windows) {}

    /** @param counts false where nothing is counted, and nothing said */
    public LiveDrift(Clock clock, DriftGauges gauges, boolean counts) {
        this.clock = clock;
        this.gauges = gauges;
        this.counts = counts;
    }

    boolean counts() {
        return counts;
    }

    /** Goes on from what is kept in that folder, and keeps there what it counts, from now on. */
    public void keepIn(Path path) {
        folder = counts ? DriftFolder.open(path).orElse(null) : null;
        counted.forEach(this::restore);
        answering.forEach((place, model) -> goOn(model, place.role));
    }

    /** A version answers as that from now on, or none does. What was counted of it before counts again before anybody asks. */
    public void answers(ModelName name, LiveRole role, Optional<LoadedModel> by) {
        Place place = new Place(name, role);
        by.ifPresentOrElse(model -> answering.put(place, model), () -> answering.remove(place));
        by.ifPresent(model -> goOn(model, role));
    }

    private void goOn(LoadedModel model, LiveRole role) {
        DriftFolder from = folder;
        Key key = Key.of(model, role);
        if (counts && from != null && from.has(key.model, key.digest, key.role)) {
            counted.computeIfAbsent(key, missing -> begun(missing, model));
        }
    }

    public void start() {
        if (counts) {
            lookAfter(PAUSE);
        }
    }

    private void lookAfter(Duration pause) {
        try {
            var unused = looks.schedule(
                    () -> {
                        long begun = System.nanoTime();
                        look();
                        lookAfter(pause(Duration.ofNanos(System.nanoTime() - begun)));
                    },
                    pause.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("closed meanwhile");
        }
    }

    /** So that looks take a hundredth of a processor at most, however many models there are. */
    static Duration pause(Duration took) {
        Duration needed = took.multipliedBy(PAUSE_TO_LOOK);
        return needed.compareTo(PAUSE) > 0 ? needed : PAUSE;
    }

    @Override
    public void observe(Exchange exchange) {
        Answered answered = exchange.answered();
        if (answered == null || !counts) {
            return;
        }
        LoadedModel model = exchange.model();
        Key key = Key.of(model, exchange.role());
        Counted found = counted.get(key);
        Counted counting = found == null ? counted.computeIfAbsent(key, missing -> begun(missing, model)) : found;
        if (counting.windows != null) {
            counting.windows.add(answered.inputs(), answered.answers());
        }
    }

    private Counted begun(Key key, LoadedModel model) {
        Profile profile = model.profile();
        try {
            Counted begun =
                    new Counted(profile, new Windows(profile, model.definition().privateColumns(), clock));
            restore(key, begun);
            return begun;
        } catch (InvalidValueException e) {
            LOG.info("drift of {} {} is not measured: {}", key.model, key.version, e.getMessage());
            return new Counted(profile, null);
        }
    }

    private void restore(Key key, Counted into) {
        DriftFolder from = folder;
        if (from != null && into.windows != null) {
            Windows windows = into.windows;
            from.read(key.model, key.digest, key.role).ifPresent(kept -> {
                try {
                    windows.restore(kept);
                } catch (InvalidValueException e) {
                    LOG.warn(
                            "drift of {} {}: what was kept is of another form: {}",
                            key.model,
                            key.version,
                            e.getMessage());
                }
            });
        }
    }

    public LiveReport report(ModelName model) {
        List<LiveReport.Of> versions = new ArrayList<>();
        counted.forEach((key, of) -> {
            if (key.model.equals(model)
                    && of.windows != null
                    && of.windows.day().rows() > 0) {
                versions.add(new LiveReport.Of(
                        key.version,
                        key.digest,
                        key.role,
                        window(of.profile, of.windows.hour()),
                        window(of.profile, of.windows.day())));
            }
        });
        versions.sort(Comparator.comparing(LiveReport.Of::version).thenComparing(LiveReport.Of::role));
        return new LiveReport(model, versions);
    }

    /** A report of the last day, and what it is drawn from. */
    public record Measured(DriftReport report, Shares shares) {}

    /** What that version answered in that role in the last day; empty where it is not counted. */
    public Optional<Measured> day(Pin pin, String answeredAs) {
        Key key = new Key(pin.model(), pin.version(), pin.digest(), answeredAs);
        Counted of = counted.get(key);
        if (of == null || of.windows == null) {
            return Optional.empty();
        }
        Seen seen = of.windows.day();
        Drift drift = Drift.of(of.profile, seen, DriftRules.USUAL);
        return Optional.of(new Measured(
                new DriftReport(pin.model(), pin.version(), pin.digest(), "requests of a day", drift),
                new Shares(of.profile, seen)));
    }

    private static Window window(Profile profile, Seen seen) {
        return new Window(Drift.of(profile, seen, DriftRules.USUAL), seen);
    }

    /** Sets the gauges, keeps what is counted, and forgets versions that answered nothing for a day. */
    void look() {
        try {
            counted.values()
                    .removeIf(of -> of.windows != null && of.windows.day().rows() == 0);
            List<LiveReport> reports = counted.keySet().stream()
                    .map(Key::model)
                    .distinct()
                    .map(this::report)
                    .toList();
            gauges.show(reports);
            if (keptAt.isBefore(clock.instant().minus(KEEPING))) {
                keep();
                keptAt = clock.instant();
            }
        } catch (RuntimeException e) {
            LOG.warn("drift: {}", Reason.of(e));
        }
    }

    private void keep() {
        DriftFolder to = folder;
        if (to != null) {
            counted.forEach((key, of) -> {
                if (of.windows != null) {
                    to.write(key.model, key.digest, key.role, of.windows.kept(key.digest.toString()));
                }
            });
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
        keep();
        DriftFolder kept = folder;
        if (kept != null) {
            folder = null;
            kept.close();
        }
    }
}
