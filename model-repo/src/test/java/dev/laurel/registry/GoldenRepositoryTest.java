package dev.laurel.registry;

import static dev.laurel.registry.showcase.Showcase.ALICE;
import static dev.laurel.registry.showcase.Showcase.PASS;
import static dev.laurel.registry.showcase.Showcase.PRODUCTION;
import static dev.laurel.registry.showcase.Showcase.SPY;
import static dev.laurel.registry.showcase.Showcase.STAGING;
import static dev.laurel.registry.showcase.Showcase.TRAINER;
import static dev.laurel.registry.showcase.Showcase.v;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.model.Metric;
import dev.laurel.model.Pin;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.outcome.Verification;
import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.Showcase;
import dev.laurel.registry.view.Revision;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that was written when format 1 was new; it is never made again, and every build reads and writes it. */
class GoldenRepositoryTest {
    @TempDir
    Path folder;

    Path bare;
    Registry registry;

    @BeforeEach
    void restore() throws Exception {
        Path golden = Path.of(Objects.requireNonNull(getClass().getResource("/golden/format-1"), "format-1")
                .toURI());
        bare = folder.resolve("models.git");
        GoldenRepository.restore(golden, bare);
        registry = Registry.open(bare);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void isTheOneThatWasMadeThenAndHasNoFault() {
        assertThat(registry.head().commit()).isEqualTo("f79d708509d9e472d7bf1fe7fac5b4394b7958da");
        Verification verification = registry.verify(null, null, (what, done, total) -> {});
        assertThat(verification.faults()).isEmpty();
        assertThat(verification.commits()).isEqualTo(9);
        assertThat(verification.versions()).isEqualTo(2);
    }

    @Test
    void saysWhatItSaidThen() {
        Revision head = registry.head();
        assertThat(head.versions(SPY)).containsExactly(v(1), v(2));
        assertThat(head.pin(PRODUCTION, SPY).orElseThrow().version()).isEqualTo(v(1));
        Pin staging = head.pin(STAGING, SPY).orElseThrow();
        assertThat(staging.version()).isEqualTo(v(2));
        assertThat(staging.beats()).isEqualTo(v(1));
        assertThat(staging.by()).isEqualTo(Pin.By.PERSON);
        assertThat(staging.reason()).isEqualTo("a quiet week");
        assertThat(Objects.requireNonNull(staging.evidence()).challenger()).isEqualTo(0.583);
        assertThat(head.report(SPY, v(2)).challenger().metrics().get(Metric.ACCURACY))
                .isEqualTo(0.583);
        assertThat(head.provenance(SPY, v(2)).seed()).isEqualTo(42);
        assertThat(new String(registry.fetch(staging.digest(), staging.size()), UTF_8))
                .isEqualTo("model 2");
        // Rolled back, and released: held then, free now.
        assertThat(registry.at("main~1").hold(PRODUCTION, SPY)).isPresent();
        assertThat(head.hold(PRODUCTION, SPY)).isEmpty();
        assertThat(head.events(SPY, null, 100)).hasSize(8);
    }

    @Test
    void isWrittenOn() {
        assertThat(registry.register(new Showcase.TextDraft("model 3"), TRAINER).version())
                .isEqualTo(v(3));
        assertThat(registry.promote(PRODUCTION, SPY, v(3), PASS, TRAINER)).isInstanceOf(Promotion.Moved.class);
        assertThat(registry.rollBack(PRODUCTION, SPY, null, "odd answers", ALICE))
                .isInstanceOf(Promotion.Moved.class);
        assertThat(registry.head().pin(PRODUCTION, SPY))
                .isEqualTo(registry.at("main~3").pin(PRODUCTION, SPY));
        assertThat(registry.verify(null, null, (what, done, total) -> {}).faults())
                .isEmpty();
        CommandLine.in(bare).run("git", "fsck", "--strict");
    }
}
