package dev.laurel.cli.pin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.Laurel;
import dev.laurel.cli.Showcase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromoteFromTest {
    @TempDir
    private Path folder;

    /** Of what the gate rejected, and of an older version than before, a person is told; the pin moves all the same. */
    @Test
    void saysWhatTheGateHadSaidAndThatTheOlderOneIsHeld() {
        Path repository = Showcase.in(folder);

        Laurel rejected = Laurel.run("promote", "daily", "v4", "--reason", "all the same", "--repo", repository);
        Laurel older = Laurel.run("promote", "daily", "v1", "--reason", "better than that", "--repo", repository);

        assertThat(rejected.exit()).isZero();
        assertThat(rejected.out()).matches("daily in production: v1 -> v4, commit [0-9a-f]{10}");
        assertThat(rejected.err())
                .isEqualTo(
                        "note: the gate of production had rejected v4: accuracy 0.5250 against 0.7000, gain -0.1750 (expected: at least +0.0100)");
        assertThat(older.exit()).isZero();
        assertThat(older.err())
                .isEqualTo(
                        "note: held: v1 is older than v4, so automation leaves the pin alone; 'laurel release daily' lets it go on");
        assertThat(Laurel.run("status", "--repo", repository).out()).containsPattern("daily +production +v1 +v4 +held");
    }

    @Test
    void theEvidenceComesAlongAndVerifies() {
        Path repository = Showcase.in(folder);

        Laurel promoted = Laurel.run(
                "promote",
                "daily",
                "--from",
                "production",
                "--env",
                "staging",
                "--reason",
                "as in production",
                "--repo",
                repository);

        assertThat(promoted.exit()).isZero();
        assertThat(promoted.out()).matches("daily in staging: v3 -> v1, commit [0-9a-f]{10}");
        assertThat(Laurel.run("at", "main", "--repo", repository).out())
                .containsPattern("daily +staging +v1, held .* as in production; accuracy 0\\.7000 on 40 rows");
        assertThat(Laurel.run("verify", "--repo", repository))
                .satisfies(verified -> assertThat(verified.exit())
                        .as(verified.out() + verified.err())
                        .isZero());
    }
}
