package dev.laurel.registry;

import static dev.laurel.registry.Showcase.ALICE;
import static dev.laurel.registry.Showcase.PASS;
import static dev.laurel.registry.Showcase.PRODUCTION;
import static dev.laurel.registry.Showcase.SPY;
import static dev.laurel.registry.Showcase.TRAINER;
import static dev.laurel.registry.Showcase.v;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.registry.git.Access;
import dev.laurel.registry.git.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a registry does, over HTTP, from caches that are cold. */
class RemoteRegistryTest {
    @TempDir
    Path folder;

    HttpShowcase http;
    Showcase showcase;

    @BeforeEach
    void serve() {
        http = HttpShowcase.in(folder);
        showcase = http.showcase();
    }

    @AfterEach
    void close() {
        http.close();
    }

    private Registry open(String cache) {
        return Registry.open(
                Location.parse(http.url()),
                Access.of(Map.of("LAUREL_CACHE", folder.resolve(cache).toString())));
    }

    @Test
    void registersAndPromotesAndRollsBack() {
        try (Registry remote = open("cache")) {
            assertThat(remote.register(new Showcase.TextDraft("model 1"), TRAINER))
                    .isInstanceOf(Registration.Registered.class);
            remote.register(new Showcase.TextDraft("model 2"), TRAINER);
            remote.promote(PRODUCTION, SPY, v(1), PASS, TRAINER);
            remote.promote(PRODUCTION, SPY, v(2), PASS, TRAINER);
            remote.rollBack(PRODUCTION, SPY, null, "odd answers", ALICE);
            assertThat(showcase.pin().version()).isEqualTo(v(1));
            assertThat(showcase.held()).isTrue();
            assertThat(remote.head().hold(PRODUCTION, SPY)).isPresent();
        }
        try (Registry cold = open("another")) {
            assertThat(cold.head().commit())
                    .isEqualTo(showcase.registry().head().commit());
            assertThat(cold.head().pin(PRODUCTION, SPY))
                    .isEqualTo(showcase.registry().head().pin(PRODUCTION, SPY));
            assertThat(cold.head().hold(PRODUCTION, SPY)).isPresent();
            assertThat(cold.verify(null, null, (what, done, total) -> {}).faults())
                    .isEmpty();
        }
    }

    @Test
    void proposesAndWithdraws() {
        showcase.withVersions(2).promote(1);
        try (Registry remote = open("cache");
                Registry another = open("another")) {
            Promotion first = remote.propose(PRODUCTION, SPY, v(2), PASS, TRAINER);
            assertThat(first).isInstanceOf(Promotion.Proposed.class);
            PinProposal proposal = ((Promotion.Proposed) first).proposal();
            assertThat(showcase.registry().proposals(PRODUCTION, SPY)).containsExactly(proposal);
            assertThat(another.proposals(PRODUCTION, SPY)).containsExactly(proposal);

            showcase.withVersions(3);
            assertThat(another.propose(PRODUCTION, SPY, v(2), PASS, TRAINER))
                    .isEqualTo(new Promotion.Proposed(proposal, false, List.of()));

            showcase.rollBack();
            showcase.registry().release(PRODUCTION, SPY, ALICE);
            Promotion again = another.propose(PRODUCTION, SPY, v(2), PASS, TRAINER);
            assertThat(again).isInstanceOfSatisfying(Promotion.Proposed.class, rebuilt -> {
                assertThat(rebuilt.written()).isTrue();
                assertThat(showcase.registry().proposals(PRODUCTION, SPY)).containsExactly(rebuilt.proposal());
                assertThat(remote.withdraw(proposal)).isFalse();
                assertThat(remote.withdraw(rebuilt.proposal())).isTrue();
            });
            assertThat(showcase.registry().proposals(PRODUCTION, SPY)).isEmpty();
            assertThat(another.proposals(PRODUCTION, SPY)).isEmpty();
        }
    }
}
