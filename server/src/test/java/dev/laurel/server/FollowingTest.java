package dev.laurel.server;

import static dev.laurel.server.PredictionTest.assertProblem;
import static dev.laurel.server.Showcase.PETALS;
import static dev.laurel.server.Showcase.SPY;
import static dev.laurel.server.Showcase.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.bytes.ModelBytes;
import dev.laurel.drift.Profile;
import dev.laurel.drift.Profile.Distribution;
import dev.laurel.follow.Proofs;
import dev.laurel.follow.Supply;
import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.predictor.ModelFile;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.yaml.Yaml;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server and the pins of main that it follows, or does not. Long since each way to be a bad pin is a test of its own.
 */
class FollowingTest {
    private static final String TOMORROW = "/predictionForTomorrow";

    @TempDir
    Path folder;

    Showcase showcase;

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder);
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @Test
    void thePageTellsHowToUndoAPromotionByMerge() {
        showcase.champion(1);
        showcase.register(2);
        showcase.registry.propose(Showcase.PRODUCTION, Showcase.SPY, new Version(2), "reviewed", Showcase.ALICE);
        Path clone = folder.resolve("clone");
        showcase.git(folder, "clone", "--quiet", "models.git", clone.toString());
        showcase.git(clone, "merge", "--quiet", "--no-ff", "--no-edit", "origin/promote/production/spy-direction/v2");
        showcase.git(clone, "push", "--quiet");
        showcase.serving();
        await().until(() ->
                showcase.json("/predictionForTomorrow").path("version").asText().equals("v2"));

        String revert = showcase.json("/status").at("/models/0/revert").asText();
        assertThat(revert)
                .isEqualTo(
                        "git revert --no-edit -m 1 " + showcase.registry.head().commit());
        showcase.git(clone, revert.substring("git ".length()).split(" "));
        showcase.git(clone, "push", "--quiet");
        await().until(() ->
                showcase.json("/predictionForTomorrow").path("version").asText().equals("v1"));
    }

    @Test
    void anEnvironmentInWhichNothingWasEverPinnedIsNotReady() {
        showcase.register(1);
        showcase.serving();

        await().untilAsserted(
                        () -> assertProblem(showcase.get("/readyz"), 503, "no model is pinned in production yet"));
        assertThat(showcase.get("/healthz").statusCode()).isEqualTo(200);
        assertProblem(
                showcase.get(TOMORROW),
                503,
                "no version of spy-direction is pinned in production that this server knows of yet (expected: a promotion, by the gate or by `laurel promote`)");
        assertThat(showcase.json("/models").at("/models/0/state").asText()).isEqualTo("unpinned");

        showcase.promote(1);
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
    }

    @Test
    void aFirstPinThatIsBeingLoadedIsSaidToBe() {
        CountDownLatch arriving = new CountDownLatch(1);
        showcase.register(1);
        showcase.serving(new Supply(
                () -> showcase.registry,
                ModelBytes.of(() -> {
                    try {
                        arriving.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return showcase.registry;
                }),
                Proofs.none()));
        await().until(() -> showcase.get("/readyz").body().contains("no model is pinned"));

        showcase.promote(1);

        await().untilAsserted(() -> assertProblem(showcase.get("/readyz"), 503, "spy-direction v1: is being loaded"));
        assertProblem(showcase.get(TOMORROW), 503, "spy-direction v1 is pinned in production and is being loaded");
        arriving.countDown();
        awaitAnswerOf("v1");
    }

    @Test
    void aMovedPinAnswersSoon() {
        showcase.champion(1);
        showcase.serving();
        awaitAnswerOf("v1");
        showcase.register(2);

        // Within a second, which it/load.sh measures; more is allowed for, since a machine that tests is a busy one.
        showcase.promote(2);
        await().atMost(Duration.ofSeconds(5)).until(() -> version().equals("v2"));
        showcase.rollBack();
        await().atMost(Duration.ofSeconds(5)).until(() -> version().equals("v1"));
    }

    @Test
    void movingPinsUnderLoadDropNothingAndMixNothing() throws Exception {
        Map<String, ModelFile> files = Map.of(
                "v1", showcase.register(1),
                "v2", showcase.register(2),
                "v3", showcase.register(3));
        Map<String, String> digests = new ConcurrentHashMap<>();
        Map<String, Double> confidences = new ConcurrentHashMap<>();
        files.forEach((version, file) -> {
            digests.put(version, Digest.of(file.encode()).toString());
            confidences.put(version, showcase.confidence(file));
        });
        assertThat(confidences.values()).as("each version answers otherwise").doesNotHaveDuplicates();
        showcase.promote(1);
        showcase.serving();
        awaitAnswerOf("v1");

        AtomicBoolean enough = new AtomicBoolean();
        Callable<List<HttpResponse<String>>> client = () -> {
            List<HttpResponse<String>> answers = new ArrayList<>();
            while (!enough.get()) {
                answers.add(showcase.get(TOMORROW));
            }
            return answers;
        };
        ExecutorService clients = Executors.newFixedThreadPool(3);
        List<Future<List<HttpResponse<String>>>> running =
                List.of(clients.submit(client), clients.submit(client), clients.submit(client));
        for (int round = 0; round < 5; round++) {
            for (int version : new int[] {2, 3, 1}) {
                showcase.promote(version);
                awaitAnswerOf("v" + version);
            }
        }
        enough.set(true);
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (Future<List<HttpResponse<String>>> each : running) {
            answers.addAll(each.get());
        }
        clients.shutdown();

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode body = json(answer);
            String version = body.get("version").asText();
            assertThat(body.get("digest").asText()).isEqualTo(digests.get(version));
            assertThat(body.get("confidence").asDouble()).isEqualTo(confidences.get(version));
        });
        assertThat(answers).map(answer -> json(answer).get("version").asText()).contains("v1", "v2", "v3");
    }

    @Test
    void aPinWhoseBytesAreMissingLeavesThePreviousChampionAnswering() throws Exception {
        serveV1AndRegister(showcase.train(SPY, 2).encode());
        Path object = showcase.lfsObject(showcase.pinOf(2).digest());
        byte[] bytes = Files.readAllBytes(object);
        Files.delete(object);
        showcase.pinByHand(text(showcase.pinOf(2)));
        assertV1AnswersInsteadOf("v2", showcase.pinOf(2).digest().hex());

        Files.write(object, bytes);
        await().untilAsserted(() -> assertThat(version()).isEqualTo("v2"));
        assertThat(showcase.get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void aPinWhoseBytesAreDamagedLeavesThePreviousChampionAnswering() throws Exception {
        serveV1AndRegister(showcase.train(SPY, 2).encode());
        Path object = showcase.lfsObject(showcase.pinOf(2).digest());
        byte[] bytes = Files.readAllBytes(object);
        bytes[bytes.length / 2] ^= 1;
        Files.delete(object);
        Files.write(object, bytes);
        showcase.pinByHand(text(showcase.pinOf(2)));

        assertV1AnswersInsteadOf("v2", showcase.pinOf(2).digest().hex());
    }

    @Test
    void aPinWithTheDigestOfAnotherVersionLeavesThePreviousChampionAnswering() {
        serveV1AndRegister(showcase.train(SPY, 2).encode());
        showcase.pinByHand(text(showcase.pinOf(2))
                .replace(
                        showcase.pinOf(2).digest().toString(),
                        showcase.pinOf(1).digest().toString()));

        assertV1AnswersInsteadOf("v2", "digest in the pin: " + showcase.pinOf(1).digest());
    }

    @Test
    void aPinThatDoesNotCoverTheRecordLeavesThePreviousChampionAnswering() {
        serveV1AndRegister(showcase.train(SPY, 2).encode());
        showcase.pinByHand(text(showcase.pinOf(2))
                .replace(
                        showcase.pinOf(2).record().toString(),
                        showcase.pinOf(1).record().toString()));

        assertV1AnswersInsteadOf("v2", "record of v2: " + showcase.pinOf(2).record());
    }

    @Test
    void aPinOfAVersionThatDoesNotExistLeavesThePreviousChampionAnswering() {
        serveV1AndRegister(showcase.train(SPY, 2).encode());
        showcase.pinByHand(text(showcase.pinOf(2)).replace("version: v2", "version: v999"));

        assertV1AnswersInsteadOf("v999", "v999");
    }

    @Test
    void aPinThatIsNotReadableLeavesThePreviousChampionAnswering() {
        serveV1AndRegister(showcase.train(SPY, 2).encode());
        showcase.pinByHand("model: spy-direction\nversion: seven\n");

        assertV1AnswersInsteadOf("unreadable", "champion.yaml:2: version: seven (expected: v1, v2, ...)");
    }

    @Test
    void aModelFileWithABrokenPredictorLeavesThePreviousChampionAnswering() {
        ModelFile file = showcase.train(SPY, 2);
        byte[] broken = Arrays.copyOf(file.predictor(), file.predictor().length - 1);
        serveV1AndRegister(
                new ModelFile(file.definition(), file.signature(), file.fitted(), file.profile(), broken).encode());
        showcase.promote(2);

        assertV1AnswersInsteadOf("v2", "predictor: it ends too early");
    }

    @Test
    void aModelFileThatDoesNotPredictLeavesThePreviousChampionAnswering() {
        ModelFile file = showcase.train(SPY, 2);
        List<Distribution> profile = file.profile().features().stream()
                .map(feature -> new Distribution(feature.feature(), 0, 0, Collections.nCopies(11, Double.NaN)))
                .toList();
        serveV1AndRegister(new ModelFile(
                        file.definition(),
                        file.signature(),
                        file.fitted(),
                        new Profile(200, profile, file.profile().labels(), null),
                        file.predictor())
                .encode());
        showcase.promote(2);

        assertV1AnswersInsteadOf("v2", "return_1: NaN (expected: a finite number)");
    }

    @Test
    void aModelFileOfAnotherModelLeavesThePreviousChampionAnswering() {
        serveV1AndRegister(showcase.train(new ModelName("gold"), 2).encode());
        showcase.promote(2);

        assertV1AnswersInsteadOf("v2", "model in the model file: gold (expected: spy-direction)");
    }

    @Test
    void bytesThatAreNoModelFileLeaveThePreviousChampionAnswering() {
        serveV1AndRegister("not a model".getBytes(ISO_8859_1));
        showcase.promote(2);

        assertV1AnswersInsteadOf("v2", "model file: entries");
    }

    @Test
    void aBadPinThatIsRevertedIsForgotten() {
        serveV1AndRegister("not a model".getBytes(ISO_8859_1));
        showcase.promote(2);
        await().until(() -> showcase.get("/readyz").statusCode() == 503);

        showcase.rollBack();
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
        assertThat(version()).isEqualTo("v1");
        assertThat(showcase.json("/models/spy-direction").at("/hold/from").asText())
                .isEqualTo("v2");
    }

    @Test
    void withNoPreviousChampionABadPinIsUnavailable() {
        showcase.register(SPY, "not a model".getBytes(ISO_8859_1));
        showcase.promote(1);
        showcase.serving();

        await().untilAsserted(() -> assertThat(showcase.get(TOMORROW).body())
                .contains("spy-direction v1 is pinned in production and cannot be loaded: model file"));
        assertThat(showcase.get(TOMORROW).statusCode()).isEqualTo(503);
    }

    @Test
    void aWithdrawnModelIsNotFoundAndSaysHowToComeBack() {
        showcase.champion(1);
        showcase.serving();
        awaitAnswerOf("v1");
        String commit = ((Promotion.Withdrawn) showcase.rollBack()).commit();
        String detail =
                "spy-direction was withdrawn from production by commit %.12s of Alice; `git revert --no-edit %s` and a push bring it back"
                        .formatted(commit, commit);

        await().until(() -> showcase.get(TOMORROW).statusCode() == 404);
        assertProblem(showcase.get(TOMORROW), 404, detail);
        assertProblem(showcase.get(TOMORROW + "?model=spy-direction"), 404, detail);
        assertProblem(showcase.post("/models/spy-direction/predict", "{}"), 404, detail);
        assertThat(showcase.get("/readyz").statusCode()).isEqualTo(200);
        assertThat(showcase.json("/models").at("/models/0/hold/release").asText())
                .isEqualTo("laurel release spy-direction");
        assertThat(showcase.get("/metrics").body()).doesNotContain("laurel_model_loaded{");

        showcase.git(folder, "clone", "--quiet", "models.git", "again");
        showcase.git(folder.resolve("again"), "revert", "--no-edit", commit);
        showcase.git(folder.resolve("again"), "push", "--quiet");
        awaitAnswerOf("v1");
    }

    @Test
    void beforeAModelWithoutNewestRowsTheWithdrawnOneIsWhatWasAskedFor() {
        try (Showcase two = Showcase.in(folder.resolve("two"), SPY, PETALS)) {
            two.champion(PETALS, 1);
            two.champion(1);
            String commit = ((Promotion.Withdrawn) two.rollBack()).commit();
            two.serving();
            await().until(() -> two.get("/models/petals").body().contains("serving"));

            await().untilAsserted(() -> assertProblem(
                    two.get(TOMORROW),
                    404,
                    "spy-direction was withdrawn from production by commit %.12s of Alice; `git revert --no-edit %s` and a push bring it back"
                            .formatted(commit, commit)));
        }
    }

    @Test
    void aModelThatWasWithdrawnBeforeTheServerStartedIsWithdrawnToo() {
        showcase.champion(1);
        showcase.rollBack();
        showcase.serving();

        await().untilAsserted(
                        () -> assertThat(showcase.get(TOMORROW).statusCode()).isEqualTo(404));
        assertThat(showcase.json("/models").at("/models/0/state").asText()).isEqualTo("withdrawn");
    }

    private void serveV1AndRegister(byte[] second) {
        showcase.champion(1);
        showcase.serving();
        awaitAnswerOf("v1");
        showcase.register(SPY, second);
    }

    private void assertV1AnswersInsteadOf(String pinned, String reason) {
        await().untilAsserted(
                        () -> assertThat(showcase.get("/readyz").statusCode()).isEqualTo(503));
        JsonNode missing = showcase.json("/readyz").at("/missing/0");
        assertThat(missing.get("model").asText()).isEqualTo("spy-direction");
        assertThat(missing.get("pinned").asText()).isEqualTo(pinned);
        assertThat(missing.get("answering").asText()).isEqualTo("v1");
        assertThat(missing.get("reason").asText()).contains(reason);
        assertThat(version()).isEqualTo("v1");
        assertThat(showcase.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(showcase.json("/models").at("/models/0/problem").asText()).contains(reason);
        assertThat(showcase.get("/metrics").body())
                .containsPattern("laurel_load_failures_total\\{model=\"spy-direction\"} [1-9]")
                .contains("laurel_model_synced{model=\"spy-direction\"} 0.0")
                .containsPattern("laurel_model_loaded\\{.*version=\"v1\"} 1.0");
    }

    private static String text(Pin pin) {
        return new String(Yaml.write(pin), ISO_8859_1);
    }

    private String version() {
        return showcase.json(TOMORROW).path("version").asText();
    }

    private void awaitAnswerOf(String version) {
        await().pollInterval(Duration.ofMillis(20)).until(() -> version().equals(version));
    }
}
