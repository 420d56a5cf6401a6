package dev.laurel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code laurel up} does by itself, done by a person, one command after the other, on the bundled history. */
class StepsOneByOneTest {
    @TempDir
    private Path folder;

    private Laurel laurel(Object... line) {
        Object[] all = new Object[line.length + 2];
        System.arraycopy(line, 0, all, 0, line.length);
        all[line.length] = "--repo";
        all[line.length + 1] = folder.resolve("models.git");
        Laurel run = Laurel.run(all);
        assertThat(run.exit()).as(run.toString()).isZero();
        return run;
    }

    @Test
    void laysDownWhosePullRequestsTheyAre() throws Exception {
        laurel("init", "--offline", "--url", "http://192.168.56.10:30300/laurel/models.git", "--forge", "gitea");

        Process show = new ProcessBuilder(
                        "git", "-C", folder.resolve("models.git").toString(), "show", "main:laurel.yaml")
                .start();
        assertThat(new String(show.getInputStream().readAllBytes(), UTF_8)).isEqualTo("""
                format_version: 1
                forge:
                  kind: gitea
                  url: http://192.168.56.10:30300
                  repository: laurel/models
                """);
    }

    @Test
    void trainsPromotesRollsBackAndReleases() {
        assertThat(laurel("init", "--offline").out())
                .contains("bundled rows sp500-2000 up to 2020-04-17 (offline); the first run stands at 2019-04-17");
        assertThat(laurel("status").out()).contains("spy-direction  production   none      none    no champion");
        assertThat(laurel("log", "spy-direction", "--env", "production").out())
                .isEqualTo("no promotions in production yet");

        assertThat(laurel("train", "spy-direction", "--offline").out()).contains("promoted v1 in production");
        Laurel second = laurel("train", "spy-direction", "--offline", "--output", "json");
        assertThat(second.out()).startsWith("{").contains("\"outcome\" : \"registered\"", "\"version\" : \"v2\"");
        assertThat(second.err()).contains("experiment depth 3, trees 50");

        assertThat(laurel("promote", "spy-direction", "v1").out())
                .isEqualTo("spy-direction in production: v1 already, nothing was written");
        Laurel promoted = laurel("promote", "spy-direction", "v2");
        assertThat(promoted.out()).matches("spy-direction in production: v1 -> v2, commit [0-9a-f]{10}");
        assertThat(promoted.err().lines())
                .containsExactly(
                        "hint: say why the next time: --reason \"...\"",
                        "note: the gate of production had rejected v2: accuracy 0.5833 against 0.5833, gain +0.0000 (expected: at least +0.0100)");

        Laurel back = laurel("rollback", "spy-direction", "--reason", "worse on Mondays");
        assertThat(back.out()).matches("spy-direction in production: v2 -> v1, commit [0-9a-f]{10}");
        assertThat(back.err()).isEmpty();
        assertThat(laurel("status").out()).contains("(v2 -> v1); 'laurel release spy-direction' ends it");
        assertThat(laurel("status", "--output", "json").out())
                .contains("\"champion\" : \"v1\"", "\"newest\" : \"v2\"", "\"from\" : \"v2\"", "\"to\" : \"v1\"");

        assertThat(laurel("release", "spy-direction").out())
                .matches("spy-direction in production: released, commit [0-9a-f]{10}");
        assertThat(laurel("status").out()).doesNotContain("held");
        assertThat(laurel("log", "spy-direction", "--env", "production")
                        .out()
                        .lines()
                        .map(line -> line.replaceAll(" {2,}", "|")))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("COMMIT|TIME|EVENT|VERSION|ENVIRONMENT|BY|WHY"),
                        line -> assertThat(line).contains("|released|production|"),
                        line -> assertThat(line)
                                .contains("|rolled back, held|v2 -> v1|")
                                .endsWith("|worse on Mondays"),
                        line -> assertThat(line).contains("|promoted|v1 -> v2|").contains("|no reason given (by "),
                        line -> assertThat(line).contains("|promoted|none -> v1|production|Laurel|accuracy 0."));
    }
}
