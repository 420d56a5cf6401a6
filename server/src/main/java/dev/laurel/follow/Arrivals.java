package dev.laurel.follow;

import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.program.Reason;
import dev.laurel.registry.view.PinChange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest arrival of each model's pin in this process. */
public final class Arrivals {
    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    /** A process that starts later than that after the commit was not started by it; a rollout is given up after this time too. */
    private static final Duration STARTED_BY_IT = Duration.ofMinutes(5);

    private final Environment environment;
    private final Clock clock;
    private final Instant started;
    private final Map<ModelName, Arrival> arrivals = new ConcurrentHashMap<>();

    Arrivals(Environment environment, Clock clock) {
        this.environment = environment;
        this.clock = clock;
        this.started = ProcessHandle.current().info().startInstant().orElseGet(clock::instant);
    }

    /** When this process began. */
    public Instant started() {
        return started;
    }

    public Optional<Arrival> of(ModelName model) {
        return Optional.ofNullable(arrivals.get(model));
    }

    /** All of them, by the names of the models. */
    public Map<ModelName, Arrival> all() {
        return new TreeMap<>(arrivals);
    }

    /** A prediction was answered; quick, since every one is told. */
    public void answered(LoadedModel model) {
        Arrival known = arrivals.get(model.pin().model());
        if (known != null && known.firstAnswer() == null && known.isOf(model.pin())) {
            arrivals.computeIfPresent(
                    known.pin().model(),
                    (name, now) -> now.firstAnswer() == null && now.isOf(model.pin())
                            ? now.firstAnsweredAt(clock.instant())
                            : now);
        }
    }

    void read(ModelName model, Optional<Pin> pin, Pins.Look now) {
        if (pin.isEmpty()) {
            arrivals.remove(model);
        } else {
            arrivals.compute(
                    model,
                    (name, known) -> known != null && known.isOf(pin.get())
                            ? known
                            : Arrival.of(pin.get(), now.put().orElse(null), clock.instant()));
        }
    }

    /**
     * A version answers from now on.
     *
     * @return whether that is new
     */
    boolean answering(ModelName model, LoadedModel champion) {
        Arrival known = arrivals.get(model);
        if (known == null || known.answering() != null || !known.isOf(champion.pin())) {
            return false;
        }
        Instant time = clock.instant();
        replace(model, known, arrival -> arrival.answeringFrom(time));
        return true;
    }

    /**
     * Finds the commit that moved the pin, which may have to be fetched.
     *
     * @param moved whether this process saw the pin move; what it found when it began may have stood for long
     */
    void findChange(ModelName model, Pins.Look now, boolean moved) {
        Arrival known = arrivals.get(model);
        if (known != null && (moved || now.put().isPresent())) {
            PinChange change = change(now, model, known.pin(), moved);
            replace(model, known, arrival -> arrival.by(change));
        }
    }

    private void replace(ModelName model, Arrival known, UnaryOperator<Arrival> next) {
        arrivals.computeIfPresent(model, (name, arrival) -> arrival.isOf(known.pin()) ? next.apply(arrival) : arrival);
    }

    private @Nullable PinChange change(Pins.Look now, ModelName model, Pin pin, boolean moved) {
        try {
            return now.revisionRead()
                    .flatMap(revision ->
                            revision.changes(environment, model, 1).stream().findFirst())
                    .filter(change -> pin.equals(change.after()))
                    .filter(change -> moved || !started.isAfter(change.time().plus(STARTED_BY_IT)))
                    .orElse(null);
        } catch (RuntimeException e) {
            // It is only told; what answers does not depend on it.
            LOG.warn("The commit that moved the pin of {} cannot be read: {}", model, Reason.of(e));
            return null;
        }
    }
}
