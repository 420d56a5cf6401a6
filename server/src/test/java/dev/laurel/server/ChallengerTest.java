package dev.laurel.server;

import static dev.laurel.server.PredictionTest.assertProblem;
import static dev.laurel.server.Showcase.ALICE;
import static dev.laurel.server.Showcase.PETALS;
import static dev.laurel.server.Showcase.PRODUCTION;
import static dev.laurel.server.Showcase.SPY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.definition.Definition;
import dev.laurel.model.ChallengerMode;
import dev.laurel.model.Version;
import dev.laurel.predictor.ModelFile;
import dev.laurel.yaml.Yaml;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Champion and challenger in one server. */
class ChallengerTest {
    private static final String PREDICT = "/models/spy-direction/predict";
    private static final String LIVE = "/models/spy-direction/live";

    @TempDir
    Path folder;

    Showcase showcase;
    String body;

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder, SPY, PETALS);
        showcase.champion(1);
        showcase.register(2);
        showcase.champion(PETALS, 3);
        showcase.serving();
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
        body = showcase.json("/models/spy-direction").path("example").toString();
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @Test
    void aCanaryAnswersItsShareAndTheSameCallerAlwaysGetsTheSameVersion() {
        challenge(ChallengerMode.CANARY, 30);

        Map<String, String> versions = new HashMap<>();
        for (int caller = 0; caller < 200; caller++) {
            versions.put("caller " + caller, version(ask("caller " + caller)));
        }
        versions.forEach((caller, version) -> assertThat(version(ask(caller))).isEqualTo(version));
        assertThat(versions.values().stream().filter("v2"::equals).count()).isBetween(35L, 85L);

        await().untilAsserted(() -> {
            JsonNode live = showcase.json(LIVE);
            assertThat(live.get("instance").asText())
                    .isEqualTo(showcase.json(LIVE.replace("/live", "/sync"))
                            .get("instance")
                            .asText());
            assertThat(live.path("mode").asText()).isEqualTo("canary");
            assertThat(live.path("share").asInt()).isEqualTo(30);
            assertThat(live.at("/champion/answers").asInt()
                            + live.at("/challenger/answers").asInt())
                    .isEqualTo(400);
            assertThat(live.path("compared").asInt())
                    .isEqualTo(live.at("/challenger/answers").asInt());
            assertThat(live.at("/challenger/p99_micros").asDouble()).isPositive();
        });
        assertThat(showcase.get("/metrics").body())
                .contains("laurel_live_answers{model=\"spy-direction\",role=\"challenger\",version=\"v2\"}");
    }

    @Test
    void aShadowAnswersNobodyAndIsCompared() {
        challenge(ChallengerMode.SHADOW, null);

        for (int caller = 0; caller < 50; caller++) {
            assertThat(version(ask("caller " + caller))).isEqualTo("v1");
        }

        await().untilAsserted(() -> {
            JsonNode live = showcase.json(LIVE);
            assertThat(live.at("/champion/answers").asInt()).isEqualTo(50);
            assertThat(live.at("/challenger/answers").asInt()).isEqualTo(50);
            assertThat(live.path("compared").asInt()).isEqualTo(50);
            assertThat(live.at("/challenger/labels").size()).isPositive();
        });
    }

    @Test
    void aRequestMayNameEitherVersionAndNoOther() {
        challenge(ChallengerMode.SHADOW, null);

        assertThat(version(post(body.replaceFirst("\\{", "{\"model_version\": \"v1\","), null)))
                .isEqualTo("v1");
        assertThat(version(post(body.replaceFirst("\\{", "{\"model_version\": \"v2\","), null)))
                .isEqualTo("v2");
        assertProblem(
                post(body.replaceFirst("\\{", "{\"model_version\": \"v3\","), null),
                409,
                "model_version: v3 (expected: v1, the champion, or v2, the challenger)");
        assertThat(showcase.get("/v2/models/spy-direction/versions/v2/ready").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aChallengerThatCannotBeLoadedHurtsNobody() {
        showcase.register(SPY, "no model".getBytes(UTF_8));
        showcase.registry.challenge(
                PRODUCTION, SPY, new Version(3), ChallengerMode.CANARY, 50, "broken on purpose", ALICE);

        await().untilAsserted(() ->
                assertThat(showcase.json(LIVE).path("problem").asText()).isNotEmpty());
        assertThat(showcase.get("/readyz").statusCode()).isEqualTo(200);
        for (int caller = 0; caller < 20; caller++) {
            assertThat(version(ask("caller " + caller))).isEqualTo("v1");
        }
    }

    /** Flowers under the name of the index: none of its features is known to whoever asks. */
    @Test
    void whatACanaryRefusesTheChampionAnswersAndItIsTheCanarysError() {
        ModelFile flowers = showcase.train(PETALS, 3);
        Definition definition = Yaml.read(
                new String(Yaml.write(flowers.definition()), UTF_8)
                        .replaceFirst("model: petals", "model: spy-direction")
                        .getBytes(UTF_8),
                "model.yaml",
                Definition.class);
        Version version = showcase.register(
                SPY,
                new ModelFile(definition, flowers.signature(), flowers.fitted(), flowers.profile(), flowers.predictor())
                        .encode());
        showcase.registry.challenge(PRODUCTION, SPY, version, ChallengerMode.CANARY, 99, "other features", ALICE);
        await().until(() ->
                showcase.json(LIVE).at("/challenger/version").asText().equals("v3"));

        for (int caller = 0; caller < 20; caller++) {
            assertThat(version(ask("caller " + caller))).isEqualTo("v1");
        }

        JsonNode live = showcase.json(LIVE);
        assertThat(live.at("/challenger/errors").asInt()).isBetween(15, 20);
        assertThat(live.at("/champion/errors").asInt()).isZero();
        assertThat(live.at("/champion/answers").asInt()).isEqualTo(20);
        assertThat(post("{\"features\": \"none\"}", "caller 1").statusCode())
                .as("what neither can answer is nobody's error")
                .isEqualTo(400);
        assertThat(showcase.json(LIVE).at("/challenger/errors").asInt())
                .isEqualTo(live.at("/challenger/errors").asInt());
    }

    @Test
    void theChallengeEndsWhenItIsWithdrawnOrWon() {
        challenge(ChallengerMode.CANARY, 99);
        showcase.registry.withdrawChallenger(PRODUCTION, SPY, "odd answers", ALICE);
        await().until(() -> showcase.json(LIVE).path("challenger").isMissingNode());
        assertThat(version(ask("anybody"))).isEqualTo("v1");

        challenge(ChallengerMode.CANARY, 50);
        showcase.promote(2);
        await().until(() -> version(ask("anybody")).equals("v2")
                && showcase.json(LIVE).path("challenger").isMissingNode());
    }

    @Test
    void pinsThatOneCommitMovedAreFollowedAllOrNone() throws Exception {
        showcase.register(PETALS, "no model".getBytes(UTF_8));
        Path clone = folder.resolve("clone");
        showcase.git(folder, "clone", "--quiet", "models.git", clone.toString());
        showcase.promote(PETALS, 2);
        showcase.promote(2);
        await().until(() -> version(ask("anybody")).equals("v2"));
        showcase.rollBack();
        await().until(() -> version(ask("anybody")).equals("v1"));
        showcase.git(clone, "pull", "--quiet");
        showcase.git(clone, "checkout", "--quiet", "HEAD~1", "--", "environments/production/spy-direction");
        Path petals = clone.resolve("environments/production/petals/champion.yaml");
        Files.writeString(petals, Files.readString(petals).replaceFirst("reason: .*", "reason: once more"));
        showcase.git(clone, "commit", "--quiet", "-am", "Move both");
        showcase.git(clone, "push", "--quiet");

        await().untilAsserted(() -> assertThat(showcase.get("/readyz").body())
                .contains("waits for petals, whose pin the same commit moved"));
        assertThat(version(ask("anybody"))).isEqualTo("v1");
        assertThat(showcase.json("/models/petals").path("version").asText()).isEqualTo("v1");

        showcase.git(clone, "revert", "--no-edit", "HEAD");
        showcase.git(clone, "push", "--quiet");
        await().until(() -> !showcase.get("/readyz").body().contains("waits for"));
    }

    private void challenge(ChallengerMode mode, @Nullable Integer share) {
        showcase.registry.challenge(PRODUCTION, SPY, new Version(2), mode, share, "a quiet week", ALICE);
        await().until(() ->
                showcase.json(LIVE).at("/challenger/version").asText().equals("v2"));
    }

    private HttpResponse<String> ask(String caller) {
        return post(body, caller);
    }

    private HttpResponse<String> post(String text, @Nullable String caller) {
        List<String> headers = new ArrayList<>();
        if (caller != null) {
            headers.addAll(List.of("X-Laurel-Key", caller));
        }
        return showcase.post(PREDICT, text, headers.toArray(new String[0]));
    }

    private static String version(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("X-Laurel-Model").orElseThrow().replaceFirst(".*@", "");
    }
}
