package dev.laurel.server;

import static dev.laurel.server.PredictionTest.assertProblem;
import static dev.laurel.server.Showcase.PETALS;
import static dev.laurel.server.Showcase.RENT;
import static dev.laurel.server.Showcase.SPY;
import static dev.laurel.server.Showcase.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.model.Digest;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Predictor;
import dev.laurel.table.Table;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What our own protocol has beside {@code POST /models/<name>/predict}: short forms, queries, versions, warnings, headers. */
class OwnProtocolTest {
    private static final String FLOWER = "sepal_length=5.1&sepal_width=3.5&petal_length=1.4&petal_width=0.2";

    @TempDir
    static Path folder;

    static Showcase showcase;
    static ModelFile spy;
    static ModelFile petals;

    @BeforeAll
    static void serve() {
        showcase = Showcase.in(folder, SPY, PETALS, RENT);
        spy = showcase.champion(SPY, 1);
        petals = showcase.champion(PETALS, 2);
        showcase.champion(RENT, 3);
        showcase.serving();
        await().until(() -> showcase.get("/predictionForTomorrow").statusCode() == 200
                && showcase.get("/health").statusCode() == 200);
    }

    @AfterAll
    static void close() {
        showcase.close();
    }

    @Test
    void aQueryIsARow() {
        JsonNode answer = showcase.json("/models/petals/predict?" + FLOWER);

        assertThat(answer.at("/predictions/0/probabilities/virginica").asDouble())
                .isEqualTo(Predictor.decode(petals).scores(new double[] {5.1, 3.5, 1.4, 0.2})[2]);
        assertThat(answer.has("warnings")).isFalse();
    }

    @Test
    void aQueryOfASeriesIsJoinedToTheRowsBeforeItsKey() {
        Table table = showcase.table();
        int row = table.rows() - 100;
        JsonNode answer = showcase.json("/models/spy-direction/predict?threshold=0.4&date=%s&close=%s"
                .formatted(table.key(row), table.value("close", row)));

        double confidence = Predictor.decode(spy).scores(spy.features().vector(table, row))[0];
        assertThat(answer.at("/predictions/0/confidence").asDouble())
                .as(answer.toString())
                .isEqualTo(confidence);
        assertThat(answer.at("/predictions/0/as_of").asText()).isEqualTo(table.key(row));
        assertThat(answer.get("threshold").asDouble()).isEqualTo(0.4);
    }

    @Test
    void aKeyLongAfterTheNewestRowIsAnsweredWithAWarning() {
        String path = "/models/spy-direction/predict?close=2800&date=";

        assertThat(warnings(showcase.get(path + "2020-04-24"))).noneMatch(warning -> warning.startsWith("date"));
        assertThat(warnings(showcase.get(path + "2020-04-25")))
                .contains("date: 2020-04-25 (expected: soon after the newest row before it, which is of 2020-04-17)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spy-direction/predict?close=1                  | date: missing (expected: a value)",
                "spy-direction/predict?close=1&date=tomorrow    | date: tomorrow (expected: a key such as 2020-04-17)",
                "spy-direction/predict?close=1&date=2020-03     | date: 2020-03 (expected: a key such as 2020-04-17)",
                "spy-direction/predict?close=1&date=1999-01-01  | date: 1999-01-01 (expected: one with 3 rows before it, so after 2000-01-05)",
                "spy-direction/predict?date=2020-04-20          | close: missing (expected: a value)",
                "spy-direction/predict?date=2020-04-20&close=   | close: empty (expected: a number)",
                "spy-direction/predict?date=2020-04-20&close=1d | close: 1d (expected: a number)",
                "spy-direction/predict?date=2020-04-20&close=1&close=2 | close: 2 values (expected: one value)",
                "spy-direction/predict?date=2020-04-20&clos=1   | parameter: clos (expected: one of close, date, model_version, threshold)",
                "petals/predict?threshold=0.5&sepal_length=5.1    | threshold: 0.5 (expected: none; petals answers with one of setosa, versicolor, virginica)",
                "rent/predict?district=&area=40                 | district: empty (expected: text)"
            })
    void aQueryThatCannotBeIsNamed(String path, String detail) {
        assertProblem(showcase.get("/models/" + path), 400, detail);
    }

    @Test
    void whatTrainingNeverSawIsAnsweredWithWarnings() {
        HttpResponse<String> answer = showcase.post(
                "/models/rent/predict",
                "{\"rows\": [{\"district\": \"東京\", \"area\": 50}, {\"district\": \"Atlantis\", \"area\": 5000}]}");

        assertThat(warnings(answer))
                .hasSize(2)
                .contains("rows[1].district: Atlantis (expected: a word of the training rows)")
                .anyMatch(warning -> warning.matches("area at row 2: 5000.0 \\(expected: [0-9.]+, as in training\\)"));
        assertThat(warnings(showcase.get("/models/rent/predict?area=50&district=" + encoded("東京"))))
                .isEmpty();
    }

    @Test
    void manyWarningsAreAFewAndANumber() {
        String far = "[1e9, 1e9, 1e9, 1e9]";
        List<String> warnings = warnings(
                showcase.post("/models/petals/predict", "{\"features\": [" + (far + ",").repeat(9) + far + "]}"));

        assertThat(warnings).hasSize(21).last().isEqualTo("20 more");
        assertThat(warnings).first().asString().startsWith("sepal_length at row 1: 1.0E9 (expected: ");
    }

    @Test
    void otherProtocolsWarnInTheirOwnWay() {
        String tensor =
                "{\"name\": \"features\", \"datatype\": \"FP64\", \"shape\": [1, 4], \"data\": [1e9, 3.5, 1.4, 0.2]}";

        assertThat(json(showcase.post("/v2/models/petals/infer", "{\"inputs\": [" + tensor + "]}"))
                        .at("/parameters/warnings")
                        .asText())
                .startsWith("sepal_length at row 1: 1.0E9 (expected: ");
        HttpResponse<String> scored = showcase.send(HttpRequest.newBuilder(showcase.uri("/models/petals/invocations"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"instances\": [[1e9, 3.5, 1.4, 0.2]]}"))
                .build());
        assertThat(warnings(scored)).hasSize(1);
    }

    @Test
    void aVersionThatIsNamedIsTheOneThatAnswersOrAConflict() {
        assertThat(showcase.get("/models/petals/predict?model_version=v1&" + FLOWER)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> other = showcase.get("/models/petals/predict?model_version=v2&" + FLOWER);

        assertProblem(other, 409, "model_version: v2 (expected: v1, which answers)");
        assertThat(json(other).get("model_version").asText()).isEqualTo("v1");
        assertProblem(
                showcase.post("/models/petals/predict", "{\"model_version\": \"7\", \"features\": [[1, 2, 3, 4]]}"),
                409,
                "model_version: 7 (expected: v1, which answers)");
        assertProblem(
                showcase.post("/models/petals/predict", "{\"model_version\": 7, \"features\": [[1, 2, 3, 4]]}"),
                400,
                "model_version: 7 (expected: text such as v7)");
    }

    @Test
    void everyAnswerOfAModelSaysInItsHeadersWhatGaveIt() {
        for (String path :
                List.of("/predictionForTomorrow", "/models/spy-direction/predict?close=2800&date=2020-04-20")) {
            HttpResponse<String> answer = showcase.get(path);

            assertThat(answer.headers().firstValue("X-Laurel-Model")).contains("spy-direction@v1");
            assertThat(answer.headers().firstValue("X-Laurel-Digest"))
                    .contains(Digest.of(spy.encode()).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/models", "/v2", "/nothing", "/git/models.git/info/refs"})
    void everyAnswerHasTheIdOfItsRequest(String path) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: ";
        int port = showcase.server().port();

        assertThat(RawClient.exchange(port, (request + "of-my-own.7\r\n\r\n").getBytes(UTF_8)))
                .contains("X-Request-Id: of-my-own.7\r\n");
        assertThat(RawClient.exchange(port, (request + "a b\r\n\r\n").getBytes(UTF_8)))
                .containsPattern("X-Request-Id: [0-9a-f-]{36}\r\n");
    }

    @Test
    void shortFormsAreThoseOfAServerWithOneModel(@TempDir Path other) {
        assertProblem(
                showcase.get("/predict?" + FLOWER),
                400,
                "model: missing (expected: one of petals, rent, spy-direction, as in /models/petals/predict)");
        assertProblem(
                showcase.get("/model/info"),
                400,
                "model: missing (expected: one of petals, rent, spy-direction, as in /models/petals)");
        try (Showcase one = Showcase.in(other, PETALS)) {
            one.champion(PETALS, 2);
            one.serving();
            await().until(() -> one.get("/health").statusCode() == 200);

            assertThat(one.get("/predict?" + FLOWER).body())
                    .isEqualTo(one.get("/models/petals/predict?" + FLOWER).body());
            assertThat(one.post("/predict", "{\"features\": [5.1, 3.5, 1.4, 0.2]}")
                            .body())
                    .isEqualTo(one.get("/predict?" + FLOWER).body());
            assertThat(one.json("/model/info").get("model").asText()).isEqualTo("petals");
        }
    }

    private static List<String> warnings(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<String> warnings = new ArrayList<>();
        json(answer).path("warnings").forEach(warning -> warnings.add(warning.asText()));
        return warnings;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
