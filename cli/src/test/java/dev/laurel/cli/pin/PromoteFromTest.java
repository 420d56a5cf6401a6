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
