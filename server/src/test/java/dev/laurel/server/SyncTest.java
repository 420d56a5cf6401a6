package dev.laurel.server;

import static dev.laurel.server.PredictionTest.assertProblem;
import static dev.laurel.server.Showcase.SPY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.model.InvalidValueException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How what is pinned came to answer. */
class SyncTest {
    private static final String SYNC = "/models/spy-direction/sync";

    @TempDir
    Path folder;

    Showcase showcase;

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder);
        showcase.champion(1);
        showcase.register(2);
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @Test
    void aPinThatMovesIsTimedFromItsCommitToItsFirstAnswer() {
        showcase.servingWith(Map.of("LAUREL_INSTANCE", "server-0"));
        awaitAnswerOf("v1");
        assertThat(showcase.json(SYNC).at("/arrival/commit").isMissingNode())
                .as("what stood before this process began was not promoted to it")
                .isTrue();
        assertThat(showcase.get("/metrics").body()).doesNotContain("promotion_to_ready_seconds{");

        String commit = showcase.promote(2);
        awaitAnswerOf("v2");
        await().until(() -> showcase.json(SYNC).at("/arrival/commit").asText().equals(commit));

        JsonNode sync = showcase.json(SYNC);
        assertThat(sync.path("instance").asText()).isEqualTo("server-0");
        assertThat(sync.path("state").asText()).isEqualTo("serving");
        assertThat(sync.path("version").asText()).isEqualTo("v2");
        assertThat(sync.path("digest").asText())
                .isEqualTo(sync.at("/arrival/digest").asText())
                .startsWith("sha256:");
        assertThat(sync.at("/arrival/put").isMissingNode()).isTrue();
        assertThat(sync.at("/arrival/loading_seconds").asDouble()).isPositive();
        assertThat(instant(sync, "/arrival/read"))
                .isAfterOrEqualTo(instant(sync, "/arrival/committed"))
                .isBefore(instant(sync, "/arrival/answering"));
        assertThat(instant(sync, "/time")).isAfterOrEqualTo(instant(sync, "/arrival/answering"));
        double ready = sync.at("/arrival/promotion_to_ready_seconds").asDouble();
        assertThat(sync.at("/arrival/promotion_to_answer_seconds").isMissingNode())
                .isTrue();
        assertThat(showcase.get("/metrics").body())
                .contains("promotion_to_ready_seconds{model=\"spy-direction\",version=\"v2\"} " + ready)
                .doesNotContain("promotion_to_answer_seconds{");

        await().until(() -> showcase.get("/predictionForTomorrow").statusCode() == 200);
        JsonNode arrival = showcase.json("/models/spy-direction").path("arrival");
        double first = arrival.path("promotion_to_answer_seconds").asDouble();
        assertThat(first).isGreaterThanOrEqualTo(ready);
        assertThat(showcase.get("/predictionForTomorrow").statusCode()).isEqualTo(200);
        assertThat(showcase.get("/metrics").body())
                .contains("promotion_to_answer_seconds{model=\"spy-direction\",version=\"v2\"} " + first);
    }

    @Test
    void aPinThatIsBroughtSaysWhenItWasPutThere() throws Exception {
        showcase.serving(MountedPin.in(
                        folder.resolve("pod"),
                        showcase.registry.head().pin(Showcase.PRODUCTION, SPY).orElseThrow())
                .file());
        awaitAnswerOf("v1");
        await().until(() -> showcase.json(SYNC).at("/arrival/commit").isTextual());

        JsonNode sync = showcase.json(SYNC);
        assertThat(instant(sync, "/arrival/put")).isBeforeOrEqualTo(instant(sync, "/arrival/read"));
        assertThat(sync.at("/arrival/promotion_to_ready_seconds").asDouble()).isNotNegative();
    }

    @Test
    void aPinThatCannotBeLoadedIsReadAndDoesNotAnswer() {
        showcase.serving();
        awaitAnswerOf("v1");
        showcase.register(SPY, "no model".getBytes(UTF_8));
        showcase.promote(3);

        await().until(() -> showcase.json(SYNC).path("state").asText().equals("failing"));
        JsonNode sync = showcase.json(SYNC);
        assertThat(sync.path("version").asText()).isEqualTo("v1");
        assertThat(sync.at("/arrival/version").asText()).isEqualTo("v3");
        assertThat(sync.at("/arrival/answering").isMissingNode()).isTrue();
        assertThat(sync.path("problem").asText()).startsWith("v3: model file: ");

        showcase.rollBack();
        awaitAnswerOf("v1");
        showcase.rollBack();
        await().until(() -> showcase.json(SYNC).path("state").asText().equals("withdrawn"));
        assertThat(showcase.json(SYNC).has("arrival")).isFalse();
    }

    @Test
    void aModelThatIsNotThereIsNone() {
        showcase.serving();
        awaitAnswerOf("v1");

        assertProblem(showcase.get("/models/gold/sync"), 404, "model: gold (expected: one of spy-direction)");
    }

    @Test
    void theNameOfAServerIsOneOfAPod() {
        assertThatThrownBy(() -> showcase.servingWith(Map.of("LAUREL_INSTANCE", "one\ntwo")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("LAUREL_INSTANCE");
    }

    private static Instant instant(JsonNode node, String path) {
        return Instant.parse(node.at(path).asText());
    }

    private void awaitAnswerOf(String version) {
        await().until(() -> showcase.get("/readyz").statusCode() == 200
                && showcase.json(SYNC).path("version").asText().equals(version));
    }
}
