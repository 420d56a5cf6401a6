package dev.laurel.webhook;

import dev.laurel.program.Reason;
import dev.laurel.registry.FileChanges;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryException;
import dev.laurel.webhook.DeliveryOutcome.Accepted;
import dev.laurel.webhook.DeliveryOutcome.Refused;
import dev.laurel.webhook.DeliveryOutcome.Unreached;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Argo CD of every move of main: of a push, of a promotion in this process, of a command in another. One thread looks where main
 * is and sends what differs from what Argo CD was told; so moves that come while a delivery is under way, or has failed, make one, and
 * nobody who moves main waits for it. The first one after the start names no files, since nobody knows what Argo CD has seen.
 */
public final class MainWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MainWatch.class);

    private static final Duration EVERY = Duration.ofMillis(100);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** Two minutes; after that Argo CD has looked by itself. */
    static final int MOST_TRIES = 8;
    /** With more, Argo CD may as well look at everything. */
    private static final int MOST_FILES = 10_000;
    /** What a delivery takes at most, and a little. */
    private static final Duration CLOSING = Duration.ofSeconds(7);

    private final Registry registry;
    private final WebhookTarget target;
    private final ArgoCd argoCd;
    private final Duration firstPause;
    private final Consumer<DeliveryOutcome> listener;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread watch = new Thread(task, "webhook");
        watch.setDaemon(true);
        return watch;
    });
    private volatile @Nullable String told;
    private volatile @Nullable String problem;
    /** What is to be sent, or was given up; of the thread alone. */
    private @Nullable Delivery delivery;

    /**
     * How it stands, for people.
     *
     * @param told the commit of main that Argo CD knows of; absent before the first delivery
     * @param problem why it knows of no newer one; absent when the newest delivery was accepted
     */
    public record State(
            String webhook, @Nullable String told, @Nullable String problem) {}

    /** @param due by the clock of {@link System#nanoTime} */
    private record Delivery(PushEvent event, String id, int tries, long due, boolean givenUp) {
        static Delivery of(PushEvent event, int tries) {
            return new Delivery(event, UUID.randomUUID().toString(), tries, System.nanoTime(), false);
        }

        boolean isDue() {
            return !givenUp && System.nanoTime() - due >= 0;
        }
    }

    /** @param listener told of every delivery */
    public MainWatch(Registry registry, WebhookTarget target, Consumer<DeliveryOutcome> listener) {
        this(registry, target, listener, FIRST_PAUSE);
    }

    /** @param firstPause after a failed delivery; each further one is twice as long */
    MainWatch(Registry registry, WebhookTarget target, Consumer<DeliveryOutcome> listener, Duration firstPause) {
        this.registry = registry;
        this.target = target;
        this.argoCd = new ArgoCd(target);
        this.listener = listener;
        this.firstPause = firstPause;
    }

    public void start() {
        var unused = thread.scheduleWithFixedDelay(() -> look(false), 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    public State state() {
        return new State(target.webhook().toString(), told, problem);
    }

    private void look(boolean last) {
        try {
            String head = registry.head().commit();
            if (head.equals(told)) {
                problem = null;
            } else {
                tell(head, last);
            }
        } catch (RuntimeException | Error e) {
            // Whatever it is, the next look has to take place.
            String reason = "main cannot be read: " + Reason.of(e);
            if (!reason.equals(problem)) {
                LOG.error("Argo CD is told nothing: {}", reason);
                problem = reason;
            }
        }
    }

    private void tell(String head, boolean last) {
        Delivery next = delivery;
        if (next == null || !next.event().after().equals(head)) {
            next = Delivery.of(event(head), next == null || next.givenUp() ? 0 : next.tries());
        }
        if (next.isDue() || (last && !next.givenUp())) {
            DeliveryOutcome answer = argoCd.deliver(next.event(), next.id());
            next = settled(next, answer, last);
            listener.accept(answer);
        }
        delivery = next;
    }

    /** @return what is still to be done; null where nothing is */
    private @Nullable Delivery settled(Delivery sent, DeliveryOutcome answer, boolean last) {
        if (answer instanceof Accepted) {
            if (problem != null) {
                LOG.info("Argo CD is told of main again");
            }
            told = sent.event().after();
            problem = null;
            return null;
        }
        int tries = sent.tries() + 1;
        String reason = answer instanceof Refused refused ? refused.reason() : ((Unreached) answer).reason();
        boolean givenUp = answer instanceof Refused || tries >= MOST_TRIES || last;
        problem = reason;
        if (givenUp) {
            LOG.error(
                    "Argo CD was not told that main is at {}: {}; it will find out when it looks by itself, or with the next move of main",
                    sent.event().after().substring(0, 10),
                    reason);
        }
        return new Delivery(sent.event(), sent.id(), tries, System.nanoTime() + pause(tries), givenUp);
    }

    private long pause(int tries) {
        return Math.min(firstPause.toNanos() << (tries - 1), LONGEST_PAUSE.toNanos());
    }

    private PushEvent event(String head) {
        return PushEvent.of(target.repository(), told, registry.at(head).origin(), changes(told, head));
    }

    private Optional<FileChanges> changes(@Nullable String before, String head) {
        if (before == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(registry.changes(before, head)).filter(changes -> changes.size() <= MOST_FILES);
        } catch (RegistryException e) {
            LOG.warn("Argo CD is told that main moved, but not which files changed: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Looks once more, so that what was moved at the very end is told as well. */
    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        thread.execute(() -> look(true));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A delivery to Argo CD still runs and is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
