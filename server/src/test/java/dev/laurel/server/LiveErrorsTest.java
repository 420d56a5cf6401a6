package dev.laurel.server;

import static dev.laurel.server.Showcase.ALICE;
import static dev.laurel.server.Showcase.PRODUCTION;
import static dev.laurel.server.Showcase.SPY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.laurel.follow.Follower;
import dev.laurel.follow.LoadedModel;
import dev.laurel.follow.Pins;
import dev.laurel.follow.Supply;
import dev.laurel.live.LiveTraffic;
import dev.laurel.model.ChallengerMode;
import dev.laurel.model.Version;
import dev.laurel.predict.Asked;
import dev.laurel.predict.GivenRows;
import dev.laurel.predict.Inputs;
import dev.laurel.predict.NewestRows;
import dev.laurel.predict.PredictionService;
import dev.laurel.predict.Threshold;
import dev.laurel.trace.Tracing;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose fault it is that a request is not answered, where the reason is neither the request nor the prediction. */
class LiveErrorsTest {
    @TempDir
    Path folder;

    Showcase showcase;
    LiveTraffic live;
    NewestRows rows;
    Follower follower;
    PredictionService service;

    private record Request(Inputs inputs, Threshold threshold) implements Asked {}

    /** Rows that the fourth look at ends in a mistake of our own, in the midst of features. */
    private record Broken() implements GivenRows {
        @Override
        public int count() {
            return 5;
        }

        @Override
        public boolean has(int row, String column) {
            return true;
        }

        @Override
        public boolean isNull(int row, String column) {
            return false;
        }

        @Override
        public double number(int row, String column) {
            throw new IllegalStateException("a mistake");
        }

        @Override
        public String word(int row, String column) {
            throw new IllegalStateException("a mistake");
        }

        @Override
        public String key(int row, String column) {
            return "2020-01-0" + (row + 1);
        }

        @Override
        public String place(int row, String column) {
            return "rows[%s].%s".formatted(row, column);
        }
    }

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder);
        showcase.champion(1);
        showcase.register(2);
        showcase.registry.challenge(PRODUCTION, SPY, new Version(2), ChallengerMode.CANARY, 50, "a week", ALICE);
        live = new LiveTraffic(Clock.systemUTC());
        rows = new NewestRows(showcase.rows, Clock.systemUTC());
        follower = new Follower(
                Supply.of(showcase.registry),
                Pins.ofHead(() -> showcase.registry, PRODUCTION),
                PRODUCTION,
                Clock.systemUTC(),
                Tracing.OFF,
                live::standing,
                live::challenger);
        follower.start();
        service = new PredictionService(follower, rows, 100, exchange -> {}, live, Tracing.OFF);
        await().until(() -> follower.challengers().of(SPY).isPresent());
    }

    @AfterEach
    void close() {
        service.close();
        follower.close();
        rows.close();
        showcase.close();
    }

    @Test
    void aMistakeInFeaturesIsAnErrorOfTheVersionThatMadeIt() {
        LoadedModel champion = service.named(SPY.value());

        assertThatThrownBy(() -> service.ofRows(champion, new Broken())).isInstanceOf(IllegalStateException.class);
        assertThat(live.seen(SPY).orElseThrow().champion().errors()).isEqualTo(1);

        LoadedModel challenger = service.version(champion, "v2").orElseThrow();
        assertThatThrownBy(() -> service.ofRows(challenger, new Broken())).isInstanceOf(IllegalStateException.class);
        assertThat(live.seen(SPY).orElseThrow().challenger().errors()).isEqualTo(1);
    }

    @Test
    void aCanaryThatFailsCostsNobodyAnAnswer() {
        LoadedModel champion = service.named(SPY.value());
        LoadedModel challenger = service.version(champion, "v2").orElseThrow();
        double[][] usual = {
            champion.typicalVector().stream().mapToDouble(Double::doubleValue).toArray()
        };

        LoadedModel answered = service.answerAs(
                        challenger,
                        model -> new Request(
                                model.isVersion("v2")
                                        ? service.ofRows(model, new Broken())
                                        : service.ofVectors(model, usual),
                                Threshold.DEFAULT))
                .answered()
                .model();

        assertThat(answered.isVersion("v1")).isTrue();
        assertThat(live.seen(SPY).orElseThrow().challenger().errors()).isEqualTo(1);
        assertThat(live.seen(SPY).orElseThrow().champion().answers()).isEqualTo(1);
        assertThat(live.seen(SPY).orElseThrow().champion().errors()).isZero();
    }
}
