package dev.laurel.follow;

import dev.laurel.follow.LoadOutcome.Loaded;
import dev.laurel.follow.LoadOutcome.Refused;
import dev.laurel.follow.LoadOutcome.Unreachable;
import dev.laurel.model.ChallengerPin;
import dev.laurel.model.ModelName;
import dev.laurel.program.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions that are tried beside champions. They are loaded with the same care, after all champions; one that cannot be loaded is tried
 * again later, and hurts neither a champion nor readiness.
 */
public final class Challengers {
    private static final Logger LOG = LoggerFactory.getLogger(Challengers.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final ModelLoader loader;
    private final Clock clock;
    private final BiConsumer<ModelName, Optional<Challenger>> listener;
    private final ConcurrentSkipListMap<ModelName, Challenger> loaded = new ConcurrentSkipListMap<>();
    private final Map<ModelName, Failed> failed = new ConcurrentHashMap<>();

    /**
     * One that is pinned and cannot be loaded.
     *
     * @param pin absent when it cannot be read, or nobody who might put it there
     */
    public record Failed(@Nullable ChallengerPin pin, String reason, Instant retryAt) {}

    /** @param listener told of each that is tried from now on, and of each that is not any more; must be quick */
    Challengers(ModelLoader loader, Clock clock, BiConsumer<ModelName, Optional<Challenger>> listener) {
        this.loader = loader;
        this.clock = clock;
        this.listener = listener;
    }

    public Optional<Challenger> of(ModelName model) {
        return Optional.ofNullable(loaded.get(model));
    }

    /** All that are tried; a live view. */
    public SortedMap<ModelName, Challenger> all() {
        return Collections.unmodifiableSortedMap(loaded);
    }

    /** Why what is pinned is not tried. */
    public Optional<Failed> failure(ModelName model) {
        return Optional.ofNullable(failed.get(model));
    }

    boolean isRetryDue() {
        return failed.values().stream().anyMatch(this::isDue);
    }

    private boolean isDue(Failed failure) {
        return !clock.instant().isBefore(failure.retryAt());
    }

    /** @param champion that answers; a challenger needs one, and is none when it is that very version */
    void follow(Pins.Look now, ModelName model, @Nullable LoadedModel champion) {
        Optional<ChallengerPin> pin;
        try {
            pin = champion == null
                    ? Optional.empty()
                    : now.challenger(model).filter(wanted -> !champion.isWhat(wanted.asPin()));
            Optional<String> objection = pin.isEmpty() ? Optional.empty() : now.challengerObjection(model);
            if (objection.isPresent()) {
                fail(model, pin.get(), objection.get());
                return;
            }
        } catch (RuntimeException e) {
            fail(model, null, Reason.of(e));
            return;
        }
        if (pin.isEmpty()) {
            failed.remove(model);
            drop(model);
        } else {
            follow(now, model, pin.get(), Objects.requireNonNull(champion));
        }
    }

    private void follow(Pins.Look now, ModelName model, ChallengerPin pin, LoadedModel champion) {
        Challenger standing = loaded.get(model);
        if (standing != null && standing.model().isWhat(pin.asPin())) {
            failed.remove(model);
            if (!standing.pin().equals(pin) || !standing.champion().pin().equals(champion.pin())) {
                put(model, new Challenger(pin, standing.model().under(pin.asPin()), champion));
            }
            return;
        }
        Failed before = failed.get(model);
        if (before != null && pin.equals(before.pin()) && !isDue(before)) {
            return;
        }
        LoadOutcome outcome = loader.load(now, model, pin.asPin());
        if (outcome instanceof Loaded done) {
            failed.remove(model);
            put(model, new Challenger(pin, done.model(), champion));
        } else {
            fail(
                    model,
                    pin,
                    outcome instanceof Unreachable unreachable ? unreachable.reason() : ((Refused) outcome).reason());
        }
    }

    private void put(ModelName model, Challenger challenger) {
        loaded.put(model, challenger);
        LOG.info(
                "{} {} is tried beside the champion, {}",
                model,
                challenger.pin().version(),
                challenger.pin().share() == null
                        ? "as a shadow"
                        : "on " + challenger.pin().share() + " % of the requests");
        listener.accept(model, Optional.of(challenger));
    }

    private void drop(ModelName model) {
        if (loaded.remove(model) != null) {
            LOG.info("No challenger of {} is tried any more", model);
            listener.accept(model, Optional.empty());
        }
    }

    private void fail(ModelName model, @Nullable ChallengerPin pin, String reason) {
        Failed before =
                failed.put(model, new Failed(pin, reason, clock.instant().plus(PAUSE)));
        if (before == null || !before.reason().equals(reason)) {
            LOG.error("The challenger of {} is not tried: {}", model, reason);
        }
        // The one before it is not what anybody wants to be tried now.
        drop(model);
    }
}
