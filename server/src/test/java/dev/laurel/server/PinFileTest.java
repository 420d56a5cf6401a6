package dev.laurel.server;

import static dev.laurel.server.PredictionTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server as a pod runs it: one model, by a pin in a mounted file. */
class PinFileTest {
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
    void servesWhatTheFilePinsAndNotWhatMainDoes() throws Exception {
        showcase.champion(1);
        showcase.champion(2);
        showcase.serving(mount(1).file());

        awaitAnswerOf("v1");
        assertThat(showcase.json("/models/spy-direction").at("/pin/version").asText())
                .isEqualTo("v1");
        assertThat(showcase.get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void speaksOfThePinnedModelAlone() throws Exception {
        showcase.close();
        ModelName gold = new ModelName("gold");
        Path other = folder.resolve("other");
        showcase = Showcase.in(other, Showcase.SPY, gold);
        showcase.champion(1);
        showcase.serving(mount(1).file());

        awaitAnswerOf("v1");
        assertThat(showcase.json("/models").at("/models").findValuesAsText("model"))
                .containsExactly("spy-direction");
    }

    @Test
    void followsEachSwapOfTheMountedConfigMap() throws Exception {
        showcase.register(1);
        showcase.register(2);
        MountedPin mounted = mount(1);
        showcase.serving(mounted.file());
        awaitAnswerOf("v1");

        for (int version : List.of(2, 1, 2)) {
            mounted.update(showcase.pinOf(version));
            await().atMost(Duration.ofSeconds(5)).until(() -> answered().equals("v" + version));
        }
    }

    @Test
    void aBadPinTakesTheServerOutWhileTheChampionGoesOnAnswering() throws Exception {
        showcase.register(1);
        showcase.register(2);
        Digest second = showcase.pinOf(2).digest();
        Files.delete(showcase.lfsObject(second));
        MountedPin mounted = mount(1);
        showcase.serving(mounted.file());
        awaitAnswerOf("v1");

        mounted.update(showcase.pinOf(2));
        await().untilAsserted(() -> assertThat(showcase.get("/readyz").body()).contains(second.hex()));
        assertThat(answered()).isEqualTo("v1");
        mounted.update("model: spy-direction\n");
        await().untilAsserted(() -> assertThat(showcase.get("/readyz").body()).contains("the pins cannot be read: "));
        assertThat(answered()).isEqualTo("v1");

        mounted.update(showcase.pinOf(1));
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
    }

    @Test
    void staysReadyWhileTheRepositoryIsAway() throws Exception {
        showcase.register(1);
        showcase.register(2);
        Pin second = showcase.pinOf(2);
        MountedPin mounted = mount(1);
        showcase.serving(mounted.file());
        awaitAnswerOf("v1");
        Path repository = folder.resolve("models.git");
        Path away = Files.move(repository, folder.resolve("away.git"));

        await().during(Duration.ofMillis(400))
                .until(() -> showcase.get("/readyz").statusCode() == 200);
        assertThat(answered()).isEqualTo("v1");

        // A version that has to be loaded needs it, and is loaded when it is back.
        mounted.update(second);
        await().until(() -> showcase.get("/readyz").statusCode() == 503);
        assertThat(answered()).isEqualTo("v1");
        Files.move(away, repository);
        awaitAnswerOf("v2");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("champion.yaml");
        showcase.register(1);
        showcase.serving(missing);

        await().untilAsserted(() -> assertThat(showcase.get("/readyz").body()).contains("pin file: " + missing));
        assertProblem(showcase.get(TOMORROW), 503, "no model answers in production; /readyz says why");
    }

    private MountedPin mount(int version) throws IOException {
        return MountedPin.in(folder.resolve("etc/laurel"), showcase.pinOf(version));
    }

    private String answered() {
        return showcase.json(TOMORROW).path("version").asText();
    }

    private void awaitAnswerOf(String version) {
        await().until(() -> answered().equals(version));
    }
}
