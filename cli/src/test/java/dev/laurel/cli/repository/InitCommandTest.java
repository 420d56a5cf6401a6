package dev.laurel.cli.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.Laurel;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From nothing, or from the empty repository that somebody made first, to a pin in an environment that runs. */
class InitCommandTest {
    @TempDir
    Path folder;

    @Test
    void takesAnEmptyBareRepositoryAndSaysWhichBranchIsTheRegistrys() throws Exception {
        Path bare = folder.resolve("models.git");
        git("init", "--quiet", "--bare", "--initial-branch=master", bare.toString());

        Laurel made = Laurel.run("init", "--offline", "--repo", bare);

        assertThat(made.exit()).as(made.toString()).isZero();
        assertThat(made.out())
                .startsWith(bare + ": made, commit ")
                .contains("\nthe registry's branch is main; HEAD names it\n");
        assertThat(git("--git-dir", bare.toString(), "symbolic-ref", "HEAD")).isEqualTo("refs/heads/main\n");
        assertThat(Laurel.run("init", "--offline", "--repo", bare))
                .isEqualTo(
                        new Laurel(
                                1,
                                "",
                                "laurel: " + bare
                                        + ": has refs/heads/main already (expected: a repository without a commit); choose another, or open what is there, to which `laurel upgrade --env NAME` adds an environment"));
        assertThat(Laurel.run("init", "--offline", "--repo", folder.resolve("other.git"), "--output", "json")
                        .out())
                .contains("\"branch\" : \"main\"");
    }

    @Test
    void aPromotionLaysTheEnvironmentDownFirstAndSaysSo() throws Exception {
        Path bare = folder.resolve("models.git");
        String url = "https://git.example.com/team/models.git";
        Laurel.run("init", "--offline", "--url", url, "--repo", bare);
        Laurel trained = Laurel.run("train", "spy-direction", "--offline", "--repo", bare);
        assertThat(trained.exit()).as(trained.toString()).isZero();

        Laurel promoted =
                Laurel.run("promote", "spy-direction", "v1", "--env", "staging", "--reason", "try it", "--repo", bare);

        assertThat(promoted.out())
                .matches("environment staging: laid down, commit [0-9a-f]{10}\n"
                        + "spy-direction in staging: none -> v1, commit [0-9a-f]{10}");
        assertThat(git("--git-dir", bare.toString(), "log", "--format=%s", "-2", "main"))
                .isEqualTo("Promote spy-direction v1 in staging\nLay down the environment staging\n");
        assertThat(git("--git-dir", bare.toString(), "show", "main:environments/staging/server/settings.yaml"))
                .contains("repository: " + url);
        assertThat(Laurel.run("verify", "--repo", bare).out()).endsWith("no faults");

        Laurel again = Laurel.run(
                "promote", "spy-direction", "--env", "qa", "--reason", "x", "--repo", bare, "--output", "json");
        assertThat(again.out()).containsPattern("\"laid_down\" : \"[0-9a-f]{40}\"");
    }

    private static String git(String... arguments) throws Exception {
        Process git = new ProcessBuilder(
                        Stream.concat(Stream.of("git"), Stream.of(arguments)).toList())
                .redirectErrorStream(true)
                .start();
        String output = new String(git.getInputStream().readAllBytes(), UTF_8);
        assertThat(git.waitFor()).as(output).isZero();
        return output;
    }
}
