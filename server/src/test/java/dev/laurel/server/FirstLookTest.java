package dev.laurel.server;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.follow.Follower;
import dev.laurel.follow.Pins;
import dev.laurel.follow.Supply;
import dev.laurel.predict.Readiness;
import dev.laurel.trace.Tracing;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks a server that has just begun whether it is ready is let wait for its first look at the pins. */
class FirstLookTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    Showcase showcase;

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder);
        showcase.champion(1);
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @Test
    void whoAsksIsToldAsSoonAsTheFirstLookIsOver() throws Exception {
        CountDownLatch mayLook = new CountDownLatch(1);
        Pins pins = Pins.ofHead(() -> showcase.registry, Showcase.PRODUCTION);
        try (Follower follower = following(() -> {
            await(mayLook);
            return pins.look();
        })) {
            follower.awaitFirstLook(Duration.ofMillis(10));
            assertThat(Readiness.of(follower).ready()).isFalse();
            CompletableFuture<Readiness> asked = CompletableFuture.supplyAsync(() -> {
                follower.awaitFirstLook(LONG);
                return Readiness.of(follower);
            });
            assertThat(asked).failsWithin(50, MILLISECONDS);

            mayLook.countDown();
            assertThat(asked).succeedsWithin(30, SECONDS).matches(Readiness::ready, "ready");
        }
    }

    @Test
    void aLookThatFailsIsOverAsWell() {
        try (Follower follower = following(() -> {
            throw new IllegalStateException("nobody there");
        })) {
            assertThat(CompletableFuture.runAsync(() -> follower.awaitFirstLook(LONG)))
                    .succeedsWithin(30, SECONDS);
            assertThat(Readiness.of(follower).missing())
                    .extracting(Readiness.Missing::reason)
                    .containsExactly("the pins cannot be read: nobody there");
        }
    }

    private Follower following(Pins pins) {
        Follower follower = new Follower(
                Supply.of(showcase.registry),
                pins,
                Showcase.PRODUCTION,
                Clock.systemUTC(),
                Tracing.OFF,
                (model, standing) -> {},
                (model, challenger) -> {});
        follower.start();
        return follower;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
