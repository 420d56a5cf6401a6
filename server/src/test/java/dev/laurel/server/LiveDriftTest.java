package dev.laurel.server;

import static dev.laurel.server.Showcase.RENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.table.Table;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server counts of its requests, over real HTTP. */
class LiveDriftTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** All that there are, and all that training had: too few for anybody to say that there is no drift. */
    private static final int ROWS = 60;

    @TempDir
    private Path folder;

    private Showcase showcase;

    @BeforeEach
    void start() {
        showcase = Showcase.in(folder, RENT);
        showcase.champion(RENT, 1);
        serve();
    }

    private void serve() {
        showcase.serving();
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
    }

    @AfterEach
    void stop() {
        showcase.close();
    }

    @Test
    void saysNothingBeforeItWasAsked() {
        assertThat(drift().get("versions")).isEmpty();
        assertThat(showcase.get("/models/nobody/drift").statusCode()).isEqualTo(404);
    }

    @Test
    void findsNoneInTheRowsOfTrainingAndNamesTheColumnThatDrifts() {
        ask(0);
        JsonNode steady = drift().at("/versions/0");

        assertThat(steady.get("version").asText()).isEqualTo("v1");
        assertThat(steady.get("role").asText()).isEqualTo("champion");
        assertThat(steady.at("/hour/drift/outcome/kind").asText()).isEqualTo("too-few-rows");
        assertThat(steady.at("/hour/drift/columns").findValuesAsText("verdict")).doesNotContain("drifted");
        assertThat(steady.at("/day/seen/rows").asInt()).isEqualTo(ROWS);
        assertThat(steady.at("/day/seen/columns/rooms/missing").asInt()).isPositive();

        ask(1000);
        JsonNode drifted = drift().at("/versions/0/day/drift/outcome");
        assertThat(drifted.get("kind").asText()).isEqualTo("drifted");
        assertThat(drifted.get("columns").toString()).contains("\"area\"").doesNotContain("\"district\"");
    }

    @Test
    void neverNamesWhatIsPrivate() {
        String row =
                "{\"rows\": [{\"district\": \"Atlantis\", \"built\": \"whispered\", \"area\": 50, \"rooms\": null}]}";
        assertThat(showcase.post("/models/rent/predict", row).statusCode()).isEqualTo(200);

        assertThat(showcase.get("/models/rent/drift").body())
                .contains("Atlantis")
                .doesNotContain("whispered");
        assertThat(drift().at("/versions/0/day/seen/columns/built/others").asInt())
                .isEqualTo(1);
    }

    @Test
    void aRepeatedRowIsCountedOnce() {
        for (int again = 0; again < 20; again++) {
            assertThat(predict(rows(0, 1)).statusCode()).isEqualTo(200);
        }

        assertThat(drift().at("/versions/0/hour/seen/rows").asInt()).isEqualTo(1);
        assertThat(drift().at("/versions/0/hour/seen/repeated").asInt()).isEqualTo(19);
        assertThat(drift().at("/versions/0/hour/drift/outcome/kind").asText()).isEqualTo("too-few-rows");
    }

    @Test
    void goesOnAfterARestartAndFromABrokenFile() throws Exception {
        Path kept = folder.resolve("drift");
        showcase.server().keepDrift(kept);
        ask(0);
        showcase.server().close();
        Path counts = onlyCounts(kept);

        serve();
        showcase.server().keepDrift(kept);
        assertThat(drift().at("/versions/0/day/seen/rows").asInt()).isEqualTo(ROWS);
        predict(rows(0, 1));
        assertThat(drift().at("/versions/0/day/seen/rows").asInt()).isEqualTo(ROWS + 1);
        showcase.server().close();

        Files.writeString(counts, "{\"digest\": 3");
        serve();
        showcase.server().keepDrift(kept);
        predict(rows(0, 1));
        assertThat(drift().at("/versions/0/day/seen/rows").asInt()).isEqualTo(1);
    }

    private static Path onlyCounts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> counts =
                    files.filter(file -> file.toString().endsWith(".json")).toList();
            assertThat(counts).hasSize(1);
            return counts.get(0);
        }
    }

    @Test
    void whereItIsSwitchedOffNothingIsCountedAndItSaysSo() {
        showcase.server().close();
        showcase.servingWith(Map.of("LAUREL_DRIFT", "off"));
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
        showcase.server().keepDrift(folder.resolve("drift"));
        ask(1000);

        HttpResponse<String> answer = showcase.get("/models/rent/drift");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("drift of requests is not counted, as LAUREL_DRIFT says (expected: on)");
        showcase.server().close();
        assertThat(folder.resolve("drift")).doesNotExist();
        assertThatThrownBy(() -> showcase.servingWith(Map.of("LAUREL_DRIFT", "maybe")))
                .hasMessage("LAUREL_DRIFT: maybe (expected: on or off)");
    }

    private JsonNode drift() {
        return showcase.json("/models/rent/drift");
    }

    private void ask(double shift) {
        assertThat(predict(rows(shift, ROWS)).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> predict(ArrayNode rows) {
        return showcase.post(
                "/models/rent/predict",
                JSON.createObjectNode().set("rows", rows).toString());
    }

    /** The newest rows of the file, which training had. */
    private ArrayNode rows(double shift, int count) {
        Table table = showcase.table(RENT);
        ArrayNode rows = JSON.createArrayNode();
        for (int row = table.rows() - count; row < table.rows(); row++) {
            ObjectNode cells = rows.addObject();
            cells.put("district", table.word("district", row));
            cells.put("built", table.word("built", row));
            cells.put("area", table.value("area", row) + shift);
            if (table.isMissing("rooms", row)) {
                cells.putNull("rooms");
            } else {
                cells.put("rooms", table.value("rooms", row));
            }
        }
        return rows;
    }
}
