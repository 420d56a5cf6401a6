package dev.laurel.follow;

import dev.laurel.follow.LoadOutcome.Loaded;
import dev.laurel.follow.LoadOutcome.Refused;
import dev.laurel.follow.LoadOutcome.Unreachable;
import dev.laurel.follow.Standing.Failing;
import dev.laurel.follow.Standing.Serving;
import dev.laurel.follow.Standing.Unpinned;
import dev.laurel.follow.Standing.Withdrawn;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.program.Reason;
import dev.laurel.registry.view.Revision;
import dev.laurel.trace.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what answers follow what is pinned. One thread looks at the pins; one that moved is loaded beside the champion that answers, and
 * takes its place by one write of one reference, so that no request is dropped or sees two versions. Long since all ways from one standing of
 * a model to another are told together.
 */
public final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private static final Duration EVERY = Duration.ofMillis(100);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;
    /** What is away comes back, and is not to be waited for much longer than it takes. */
    private static final Duration LONGEST_OUTAGE_PAUSE = Duration.ofSeconds(8);
    /** A pin that was taken at its word is proven as soon as history can be asked. */
    private static final Duration ASK_HISTORY_AGAIN = Duration.ofSeconds(10);

    private final Pins pins;
    private final Environment environment;
    private final BiConsumer<ModelName, Standing> listener;
    private final Clock clock;
    private final ModelLoader loader;
    private final Challengers challengers;
    private final Arrivals arrivals;
    private final ConcurrentSkipListMap<ModelName, Standing> standings = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread follower = new Thread(task, "follower");
        follower.setDaemon(true);
        return follower;
    });
    private final CountDownLatch firstLook = new CountDownLatch(1);
    private volatile @Nullable String state;
    private volatile @Nullable Revision followed;
    private volatile @Nullable String problem;
    private volatile boolean stopping;
    /** Whether what failed is tried again in this look: all of it, since pins may wait for one another. */
    private boolean retrying;
    /** Only while a pin was taken at its word. */
    private @Nullable Instant askHistory;

    /**
     * @param supply where the bytes of pinned versions come from
     * @param listener told of every change of a standing, also of each failed attempt to load; must be quick
     */
    public Follower(
            Supply supply,
            Pins pins,
            Environment environment,
            Clock clock,
            Tracing tracing,
            BiConsumer<ModelName, Standing> listener,
            BiConsumer<ModelName, Optional<Challenger>> challengerListener) {
        this.pins = pins;
        this.environment = environment;
        this.listener = listener;
        this.clock = clock;
        this.loader = new ModelLoader(supply.bytes(), clock, tracing);
        this.challengers = new Challengers(loader, clock, challengerListener);
        this.arrivals = new Arrivals(environment, clock);
    }

    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    public Environment environment() {
        return environment;
    }

    /** Every model that the pins speak of, by name; a live view. */
    public SortedMap<ModelName, Standing> standings() {
        return Collections.unmodifiableSortedMap(standings);
    }

    /** What is tried beside champions. */
    public Challengers challengers() {
        return challengers;
    }

    /** How what is pinned came to answer. */
    public Arrivals arrivals() {
        return arrivals;
    }

    /** The pinned version of a model that is on its way: its pin was read, and it does not answer yet. */
    public Optional<Version> loading(ModelName model) {
        return arrivals.of(model)
                .filter(arrival -> arrival.answering() == null)
                .map(arrival -> arrival.pin().version());
    }

    /** Whether the pins were followed once. */
    public boolean hasFollowed() {
        return state != null;
    }

    /** Waits until the pins were looked at once and what they name was loaded, or could not be; for that long at most. */
    public void awaitFirstLook(Duration most) {
        try {
            var unused = firstLook.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The newest revision of the registry that was read; absent until then. */
    public Optional<Revision> followed() {
        return Optional.ofNullable(followed);
    }

    /** From now on nobody new is to be sent here; what answers goes on. */
    public void stopSoon() {
        stopping = true;
    }

    public boolean isStopping() {
        return stopping;
    }

    /** Why the pins cannot be followed at the moment; absent while it can. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void look() {
        try {
            Pins.Look now = pins.look();
            retrying = isRetryDue();
            if (!now.state().equals(state) || retrying || challengers.isRetryDue() || isHistoryDue()) {
                follow(now);
            }
            wereRead();
        } catch (RuntimeException | Error e) {
            // Whatever it is, the next look has to take place.
            String reason = Reason.of(e);
            if (!reason.equals(problem)) {
                LOG.error("The pins cannot be followed; what is loaded goes on answering: {}", reason);
                problem = reason;
            }
            firstLook.countDown();
        }
    }

    private void wereRead() {
        if (problem != null) {
            LOG.info("The pins can be read again");
            problem = null;
        }
    }

    private boolean isHistoryDue() {
        Instant due = askHistory;
        return due != null && !clock.instant().isBefore(due);
    }

    private boolean isRetryDue() {
        return standings.values().stream()
                .anyMatch(standing -> standing instanceof Failing failing && isRetryDue(failing));
    }

    private boolean isRetryDue(Failing failing) {
        return !clock.instant().isBefore(failing.retryAt());
    }

    private void follow(Pins.Look now) {
        TreeSet<ModelName> models = new TreeSet<>(now.models());
        // A model whose definition is gone may still be pinned.
        models.addAll(standings.keySet());
        SortedMap<ModelName, Pin> wanted = new TreeMap<>();
        for (ModelName model : models) {
            follow(now, model, standings.get(model), wanted);
        }
        SortedMap<ModelName, Serving> swaps = new TreeMap<>();
        loader.load(
                now,
                wanted,
                (model, outcome) -> loaded(model, Objects.requireNonNull(wanted.get(model)), outcome, swaps));
        swap(now, swaps);
        List<ModelName> arrived = new ArrayList<>();
        for (ModelName model : models) {
            Standing standing = standings.get(model);
            if (standing instanceof Serving serving && arrivals.answering(model, serving.champion())) {
                arrived.add(model);
            }
            challengers.follow(
                    now, model, standing == null ? null : standing.answering().orElse(null));
        }
        now.revisionRead().ifPresent(revision -> followed = revision);
        if (now.waitsForHistory() && askHistory == null) {
            LOG.warn(
                    "History cannot be asked about the pin, which is taken at its word meanwhile (LAUREL_SIGNED=true would wait)");
        }
        askHistory = now.waitsForHistory() ? clock.instant().plus(ASK_HISTORY_AGAIN) : null;
        boolean moved = state != null;
        state = now.state();
        wereRead();
        firstLook.countDown();
        // It is only told, and may have to be fetched: nobody waits for it to be ready.
        arrived.forEach(model -> arrivals.findChange(model, now, moved));
    }

    private void swap(Pins.Look now, SortedMap<ModelName, Serving> swaps) {
        List<ModelName> failing = standings.entrySet().stream()
                .filter(standing -> standing.getValue() instanceof Failing && !swaps.containsKey(standing.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        swaps.forEach((model, serving) -> {
            List<ModelName> others = failing.isEmpty()
                    ? failing
                    : new MovedTogether(now.revision(), environment, failing).failingBeside(model);
            settle(
                    model,
                    others.isEmpty()
                            ? serving
                            : failing(
                                    serving.champion().pin(),
                                    "waits for %s, whose pin the same commit moved"
                                            .formatted(others.stream()
                                                    .map(ModelName::value)
                                                    .collect(Collectors.joining(", "))),
                                    standings.get(model)));
        });
    }

    /** @param wanted gets what is to be loaded */
    private void follow(Pins.Look now, ModelName model, @Nullable Standing standing, SortedMap<ModelName, Pin> wanted) {
        Optional<Pin> pin;
        try {
            pin = now.pin(model);
        } catch (RuntimeException e) {
            if (isWorthATry(null, standing)) {
                settle(model, failing(null, Reason.of(e), standing));
            }
            return;
        }
        arrivals.read(model, pin, now);
        Optional<String> objection = objection(now, model);
        if (objection.isPresent()) {
            if (isWorthATry(pin.orElse(null), standing)) {
                String reason = (pin.isPresent() ? "" : "the pin was removed: ") + objection.get();
                settle(model, failing(pin.orElse(null), reason, standing));
            }
            return;
        }
        if (pin.isPresent()) {
            follow(model, pin.get(), standing, wanted);
        } else if (!(standing instanceof Withdrawn || standing instanceof Unpinned)) {
            settle(
                    model,
                    now.revision().changes(environment, model, 1).stream()
                            .findFirst()
                            .<Standing>map(Withdrawn::new)
                            .orElseGet(Unpinned::new));
        }
    }

    /** What cannot be asked about is not followed either. */
    private static Optional<String> objection(Pins.Look now, ModelName model) {
        try {
            return now.objection(model);
        } catch (RuntimeException e) {
            return Optional.of(Reason.of(e));
        }
    }

    private void follow(ModelName model, Pin pin, @Nullable Standing standing, SortedMap<ModelName, Pin> wanted) {
        LoadedModel answering = standing == null ? null : standing.answering().orElse(null);
        if (answering != null && answering.isWhat(pin)) {
            if (!(standing instanceof Serving) || !answering.pin().equals(pin)) {
                settle(model, new Serving(answering.under(pin)));
            }
        } else if (isWorthATry(pin, standing)) {
            wanted.put(model, pin);
        }
    }

    /** @param swaps gets those that come to answer in the place of another version, once all are loaded */
    private void loaded(ModelName model, Pin pin, LoadOutcome outcome, SortedMap<ModelName, Serving> swaps) {
        Standing standing = standings.get(model);
        if (outcome instanceof Loaded loaded) {
            Serving serving = new Serving(loaded.model());
            if (standing != null && standing.answering().isPresent()) {
                swaps.put(model, serving);
            } else {
                settle(model, serving);
            }
        } else {
            settle(
                    model,
                    outcome instanceof Unreachable unreachable
                            ? failing(pin, unreachable.reason(), standing, LONGEST_OUTAGE_PAUSE)
                            : failing(pin, ((Refused) outcome).reason(), standing));
        }
    }

    /** A pin that failed is tried again after a while only. */
    private boolean isWorthATry(@Nullable Pin pin, @Nullable Standing standing) {
        return !(standing instanceof Failing failing) || !Objects.equals(pin, failing.pin()) || retrying;
    }

    private Failing failing(@Nullable Pin pin, String reason, @Nullable Standing before) {
        return failing(pin, reason, before, FIRST_RETRY.multipliedBy(1L << MOST_DOUBLINGS));
    }

    private Failing failing(@Nullable Pin pin, String reason, @Nullable Standing before, Duration longest) {
        int attempts =
                before instanceof Failing failing && Objects.equals(pin, failing.pin()) ? failing.attempts() + 1 : 1;
        Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
        if (pause.compareTo(longest) > 0) {
            pause = longest;
        }
        // Never in step with the other pods, which wait for the same thing.
        pause = Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 2, pause.toMillis() + 1));
        LoadedModel previous = before == null ? null : before.answering().orElse(null);
        return new Failing(pin, reason, attempts, clock.instant().plus(pause), previous);
    }

    private void settle(ModelName model, Standing standing) {
        standings.put(model, standing);
        log(model, standing);
        listener.accept(model, standing);
    }

    private void log(ModelName model, Standing standing) {
        if (standing instanceof Serving serving) {
            Pin pin = serving.champion().pin();
            LOG.info("{} {} answers in {} ({})", model, pin.version(), environment, pin.digest());
        } else if (standing instanceof Failing failing && failing.attempts() == 1) {
            LOG.error(
                    "{} {} is pinned in {} and cannot be loaded; {}: {}",
                    model,
                    failing.pinned(),
                    environment,
                    failing.previous() == null
                            ? "nothing answers"
                            : failing.previous().pin().version() + " goes on answering",
                    failing.reason());
        } else if (standing instanceof Withdrawn withdrawn) {
            LOG.warn(
                    "{} was withdrawn from {} by {}",
                    model,
                    environment,
                    withdrawn.change().commit());
        }
    }

    /** Waits for a load that is under way: an interrupt would close files of the registry that others read too. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("A load still runs and is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
