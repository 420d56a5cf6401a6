package dev.laurel.cli.pin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.Laurel;
import dev.laurel.cli.Showcase;
import dev.laurel.delivery.Clone;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person proposes a promotion, in a repository that no Git host keeps. */
class ProposeTest {
    private static final String BRANCH = "promote/production/daily/v4";

    @TempDir
    private Path folder;

    private Path repository = Path.of("");

    @BeforeEach
    void layDown() {
        repository = Showcase.in(folder);
    }

    private Laurel propose(String output) {
        return Laurel.run(
                "promote",
                "daily",
                "v4",
                "--reason",
                "calmer in May",
                "--pull-request",
                "--output",
                output,
                "--repo",
                repository);
    }

    @Test
    void movesNothingAndNamesTheBranch() {
        Laurel proposed = propose("text");

        assertThat(proposed.exit()).as(proposed.toString()).isZero();
        assertThat(proposed.out()).isEqualTo("daily in production: v1 -> v4 proposed, branch " + BRANCH);
        assertThat(Laurel.run("status", "--repo", repository).out())
                .containsPattern("daily +production +v1 +v4 +v4 proposed: " + BRANCH + "\\s");
    }

    @Test
    void saysSoToProgramsToo() {
        assertThat(propose("json").out())
                .contains("\"moved\" : false", "\"to\" : \"v4\"", "\"branch\" : \"%s\"".formatted(BRANCH));
        assertThat(Laurel.run("status", "--output", "json", "--repo", repository)
                        .out())
                .contains("\"branch\" : \"%s\"".formatted(BRANCH), "\"current\" : true");
    }

    @Test
    void isJudgedLikeAnyOtherBranch() {
        propose("text");

        Laurel verdict = Laurel.run("gate", "--base", "main", "--head", BRANCH, "--repo", repository);

        assertThat(verdict.out()).contains("### daily in production: v1 → v4");
    }

    @Test
    void isShownInACloneToo() {
        Path clone = folder.resolve("clone");
        propose("text");
        Clone cloned = Clone.of(repository, clone);
        String proposed = "daily +production +v1 +v4 +v4 proposed: " + BRANCH + "\\s";

        assertThat(Laurel.run("status", "--repo", clone).out()).containsPattern(proposed);

        // Also where somebody has checked it out to look at it.
        cloned.git("checkout", "--quiet", BRANCH);
        assertThat(Laurel.run("status", "--repo", clone).out()).containsPattern(proposed);
    }
}
