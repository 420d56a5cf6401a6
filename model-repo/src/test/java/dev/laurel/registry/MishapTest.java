package dev.laurel.registry;

import static dev.laurel.registry.MishapServlet.FETCH;
import static dev.laurel.registry.MishapServlet.LOOK;
import static dev.laurel.registry.MishapServlet.PUSH;
import static dev.laurel.registry.Showcase.ALICE;
import static dev.laurel.registry.Showcase.PASS;
import static dev.laurel.registry.Showcase.PRODUCTION;
import static dev.laurel.registry.Showcase.SPY;
import static dev.laurel.registry.Showcase.TRAINER;
import static dev.laurel.registry.Showcase.v;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.git.host.Access;
import dev.laurel.git.host.Location;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Git hosts that are busy for a moment, and connections that end too early. */
class MishapTest {
    @TempDir
    private Path folder;

    private HttpShowcase http;
    private Registry remote;

    @BeforeEach
    void open() {
        http = HttpShowcase.in(folder);
        http.showcase().withVersions(1);
        remote = again();
    }

    private Registry again() {
        Map<String, String> environment =
                Map.of("LAUREL_CACHE", folder.resolve("cache").toString());
        return Registry.open(Location.parse(http.url()), Access.of(environment));
    }

    @AfterEach
    void close() {
        remote.close();
        http.close();
    }

    private void registersTheSecondVersion() {
        assertThat(remote.register(new Showcase.TextDraft("model 2"), TRAINER))
                .isInstanceOfSatisfying(
                        Registration.Registered.class,
                        registered -> assertThat(registered.version()).isEqualTo(v(2)));
        assertThat(http.showcase().registry().head().versions(SPY)).containsExactly(v(1), v(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void whatIsReadIsAskedForAgainWhenTheHostIsBusy(int status) {
        http.git().answers(LOOK, status);
        http.git().answers(FETCH, status);

        assertThat(remote.head().report(SPY, v(1)).version()).isEqualTo(v(1));
        try (Registry second = again()) {
            assertThat(second.head().newest(SPY)).contains(v(1));
        }
    }

    @Test
    void whatIsReadIsAskedForAgainWhenTheConnectionIsLost() {
        http.git().cuts(LOOK);
        http.git().cuts(FETCH);

        assertThat(remote.head().report(SPY, v(1)).version()).isEqualTo(v(1));
    }

    @Test
    void noSoonerThanTheHostWants() {
        http.git().answers(LOOK, 429, "1");
        Instant start = Instant.now();

        again().close();

        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aHostThatWantsMoreThanAMinuteIsNotWaitedFor() {
        http.git().answers(LOOK, 429, "3600");

        assertThatThrownBy(this::again)
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith(http.url() + ": 429")
                .hasMessageEndingWith("(too many requests: try again in 3600 s)");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void aPushThatDidNothingIsSentAgain(int status) {
        http.git().answers(PUSH, status);

        registersTheSecondVersion();
        assertThat(http.git().requests(PUSH)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 502, 504})
    void aPushThatTookEffectIsNotSentTwice(int status) {
        if (status == 0) {
            http.git().doesAndCuts(PUSH);
        } else {
            http.git().doesAndAnswers(PUSH, status);
        }

        registersTheSecondVersion();
        assertThat(http.git().requests(PUSH)).isEqualTo(1);
    }

    @Test
    void aPushWhoseOutcomeCannotBeFoundOutIsToldAsSuch() {
        http.git().doesAndCuts(PUSH);
        http.git().answers(LOOK, 503, "3600");

        assertThatThrownBy(() -> remote.register(new Showcase.TextDraft("model 2"), TRAINER))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("was sent and may have arrived: see with `laurel log` before you try again")
                .hasMessageNotContaining("nothing was registered");
    }

    @Test
    void nothingWasSentToAHostThatDoesNotListen() {
        http.git().answers("service=git-receive-pack", 503, "3600");

        assertThatThrownBy(() -> remote.register(new Showcase.TextDraft("model 2"), TRAINER))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(http.url() + ": 503")
                .hasMessageContaining("try again in 3600 s")
                .hasMessageContaining("nothing was registered");
        assertThat(http.git().requests(PUSH)).isZero();
    }

    @Test
    void aProposalWhoseAnswerWasLostStands() {
        http.showcase().promote(1);
        http.showcase().withVersions(2);
        http.git().doesAndCuts(PUSH);

        Promotion promotion = remote.propose(PRODUCTION, SPY, v(2), PASS, TRAINER);
        assertThat(promotion).isInstanceOf(Promotion.Proposed.class);
        assertThat(http.git().requests(PUSH)).isEqualTo(1);
        PinProposal proposal = ((Promotion.Proposed) promotion).proposal();
        assertThat(http.showcase().registry().proposals(PRODUCTION, SPY)).containsExactly(proposal);

        http.git().doesAndAnswers(PUSH, 504);
        assertThat(remote.withdraw(proposal)).isTrue();
        assertThat(http.showcase().registry().proposals(PRODUCTION, SPY)).isEmpty();
    }

    @Test
    void aPromotionWhoseAnswerWasLostIsJudgedOnce() {
        http.git().doesAndCuts(PUSH);

        assertThat(remote.promote(PRODUCTION, SPY, v(1), "calmer", ALICE)).isInstanceOf(Promotion.Moved.class);
        assertThat(http.showcase().registry().head().changes(PRODUCTION, SPY, 10))
                .hasSize(1);
    }
}
