package dev.laurel.cli.pin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.cli.Laurel;
import dev.laurel.cli.Showcase;
import dev.laurel.model.ChallengerMode;
import dev.laurel.model.LiveEvidence;
import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.LiveJudge;
import dev.laurel.server.PredictionServer;
import dev.laurel.server.ServerSettings;
import dev.laurel.source.RowStore;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code laurel judge-live} without a model, as a CronJob runs it. */
class JudgeLiveTest {
    private static final String RULES = """
              live:
                mode: shadow
                minimum_answers: 10
                minimum_seconds: 0
                extra_errors: 0
                p99_factor: 2
                minimum_agreement: 0.9
                champion:
                  minimum_answers: 10
                  most_errors: 0.01
                  p99_millis: 50
            """;

    @TempDir
    private Path folder;

    @Test
    void whereNothingIsToBeJudgedItSaysSo() {
        Path repository = Showcase.withOneVersion(folder);

        assertThat(Laurel.run("judge-live", "--server", "http://127.0.0.1:1", "--repo", repository))
                .isEqualTo(new Laurel(
                        0,
                        "nothing to judge in production: no challenger, and no gate.live with rules for champions",
                        ""));
    }

    @Test
    void eachModelWithRulesIsJudgedAndOneThatCannotBeIsNamed() throws Exception {
        Path repository = withRules(Showcase.withOneVersion(folder));

        Laurel unasked = Laurel.run("judge-live", "--server", "http://127.0.0.1:1", "--repo", repository);
        assertThat(unasked.exit()).isEqualTo(1);
        assertThat(unasked.err())
                .startsWith("laurel: daily: not judged: server http://127.0.0.1:1/models/daily/live: ");

        try (Registry registry = Registry.open(repository);
                PredictionServer server = PredictionServer.start(
                        new ServerSettings("127.0.0.1", 0, Showcase.PRODUCTION),
                        registry,
                        new RowStore(folder.resolve("rows"), true, Clock.systemUTC()),
                        Map.of())) {
            String url = "http://127.0.0.1:" + server.port();
            await().until(() ->
                    ((HttpURLConnection) URI.create(url + "/readyz").toURL().openConnection()).getResponseCode()
                            == 200);

            Laurel judged = Laurel.run("judge-live", "--server", url, "--repo", repository);
            assertThat(judged.exit()).as(judged.err()).isZero();
            assertThat(judged.out()).startsWith("daily in production: ");
            assertThat(Laurel.run("judge-live", "--server", url, "--output", "json", "--repo", repository)
                            .out())
                    .contains("\"model\" : \"daily\"");
            assertThat(Laurel.run("judge-live", "gold", "--server", url, "--repo", repository)
                            .err())
                    .isEqualTo("laurel: model: gold (expected: one of daily)");
        }
    }

    @Test
    void whatItMeasuredIsTheEvidenceOfTheChampion() throws Exception {
        Path repository = withRules(Showcase.in(folder));
        Version v4 = new Version(4);
        LiveEvidence measured = new LiveEvidence(
                1,
                60,
                new LiveEvidence.Side(v4, 1000, 0, 300),
                new LiveEvidence.Side(new Version(1), 999, 1, 200),
                1000,
                950);
        try (Registry registry = Registry.open(repository)) {
            registry.challenge(
                    Showcase.PRODUCTION,
                    Showcase.DAILY,
                    v4,
                    ChallengerMode.SHADOW,
                    null,
                    "new features",
                    Showcase.ALICE);
            registry.judgeLive(
                    Showcase.PRODUCTION,
                    Showcase.DAILY,
                    (champion, challenger, rules) -> new LiveJudge.LiveJudgement(rules.judge(measured), measured),
                    Showcase.ALICE);
        }

        assertThat(Laurel.run("at", "main", "daily", "--repo", repository).out())
                .contains("Alice  live: 1000 answers, errors 0 against 1, p99 300 us against 200 us,"
                        + " agreement 0.9500 of 1000");
    }

    private Path withRules(Path repository) throws Exception {
        Path clone = folder.resolve("clone");
        git(folder, "clone", "--quiet", repository.toString(), clone.toString());
        Path definition = clone.resolve("models/daily/model.yaml");
        Files.writeString(definition, Files.readString(definition, UTF_8).stripTrailing() + "\n" + RULES);
        git(
                clone,
                "-c",
                "user.name=Alice",
                "-c",
                "user.email=alice@laurel.example",
                "commit",
                "-qam",
                "Live traffic judges");
        git(clone, "push", "--quiet");
        return repository;
    }

    private void git(Path at, String... arguments) throws Exception {
        ProcessBuilder git = new ProcessBuilder("git").directory(at.toFile()).inheritIO();
        git.command().addAll(List.of(arguments));
        git.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null", "GIT_LFS_SKIP_SMUDGE", "1"));
        assertThat(git.start().waitFor()).as(git.command().toString()).isZero();
    }
}
