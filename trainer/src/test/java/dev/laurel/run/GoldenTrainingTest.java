package dev.laurel.run;

import static dev.laurel.run.DefinitionFixture.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.model.Metric;
import dev.laurel.model.Version;
import dev.laurel.registry.Promotion;
import dev.laurel.registry.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that were trained when format 1 was new; they are never trained again, and every build loads, judges and replaces them. */
class GoldenTrainingTest {
    /** Logarithms may differ in their last digits between machines. */
    private static final double ROUNDING = 1e-9;

    @TempDir
    private Path folder;

    private Path golden;
    private Home home;

    @BeforeEach
    void restore() throws Exception {
        golden = Path.of(Objects.requireNonNull(getClass().getResource("/golden/format-1"), "format-1")
                .toURI());
        GoldenTraining.restore(golden, folder);
        home = new Home(folder);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void isTheOneThatWasMadeThenAndHasNoFault() {
        assertThat(home.registry.head().commit()).isEqualTo("7caa7b61cd41d00710632217c58b49697dca401e");
        assertThat(home.versions()).containsExactly(new Version(1), new Version(2));
        assertThat(home.champion()).contains(new Version(1));
        expectNoFaults(7);
    }

    @Test
    void answersAsItAnsweredThen() throws Exception {
        List<String> then = Files.readAllLines(golden.resolve("predictions.csv"));
        List<String> now = GoldenTraining.predictions(home).lines().toList();

        assertThat(then).hasSize(1 + 2 * 20).hasSameSizeAs(now);
        assertThat(now.get(0)).isEqualTo(then.get(0));
        for (int line = 1; line < then.size(); line++) {
            String[] recorded = then.get(line).split(",");
            String[] answered = now.get(line).split(",");
            assertThat(answered[0]).isEqualTo(recorded[0]);
            assertThat(answered[1]).isEqualTo(recorded[1]);
            assertThat(Double.parseDouble(answered[2]))
                    .as(then.get(line))
                    .isEqualTo(Double.parseDouble(recorded[2]), within(ROUNDING));
        }
    }

    @Test
    void isTrainedOnAndPromotedIn() {
        RunOutcome.Registered run = home.runAndRegister();

        assertThat(run.registration().version()).isEqualTo(new Version(3));
        // The champion of then has answered for the rows of the newcomer.
        assertThat(run.report().champion().version()).isEqualTo(new Version(1));
        assertThat(run.report().champion().metrics().get(Metric.ACCURACY)).isBetween(0.0, 1.0);
        assertThat(run.promotion()).isInstanceOf(Promotion.Moved.class);
        home.registry.rollBack(Home.PRODUCTION, MODEL, null, "odd answers", Home.ALICE);
        assertThat(home.champion()).contains(new Version(1));
        expectNoFaults(10);
    }

    private void expectNoFaults(int commits) {
        Verification verification = home.registry.verify(null, null, (what, done, total) -> {});
        assertThat(verification.faults()).isEmpty();
        assertThat(verification.commits()).isEqualTo(commits);
    }
}
