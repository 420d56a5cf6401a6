package dev.laurel.server;

import static dev.laurel.server.Showcase.SPY;
import static dev.laurel.server.Showcase.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.feature.FittedFeatures;
import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Predictor;
import dev.laurel.table.Table;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PredictionTest {
    @TempDir
    static Path folder;

    static Showcase showcase;
    static ModelFile champion;

    @BeforeAll
    static void serve() {
        showcase = Showcase.in(folder);
        champion = showcase.champion(1);
        showcase.serving();
        await().until(() -> showcase.get("/predictionForTomorrow").statusCode() == 200);
    }

    @AfterAll
    static void close() {
        showcase.close();
    }

    @Test
    void answersForTomorrowAndSaysWhatGaveTheAnswer() {
        double confidence = showcase.confidence(champion);
        HttpResponse<String> answer = showcase.get("/predictionForTomorrow?threshold=0.3");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"prediction\":\"%s\",\"confidence\":%s,\"threshold\":0.3,\"model\":\"spy-direction\",\"version\":\"v1\",\"digest\":\"%s\",\"as_of\":\"2020-04-17\",\"stale\":true}",
                        confidence >= 0.3 ? "UP" : "DOWN", confidence, Digest.of(champion.encode()));
    }

    @Test
    void theLabelIsPositiveFromTheThresholdOn() {
        double confidence = showcase.confidence(champion);

        assertThat(showcase.json("/predictionForTomorrow?threshold=" + confidence)
                        .get("prediction")
                        .asText())
                .isEqualTo("UP");
        assertThat(showcase.json("/predictionForTomorrow?threshold=" + Math.nextUp(confidence))
                        .get("prediction")
                        .asText())
                .isEqualTo("DOWN");
        assertThat(showcase.json("/predictionForTomorrow").get("threshold").asDouble())
                .isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "threshold=7       | threshold: 7.0 (expected: a number from 0 to 1)",
                "threshold=-0.1    | threshold: -0.1 (expected: a number from 0 to 1)",
                "threshold=abc     | threshold: abc (expected: a number from 0 to 1)",
                "threshold=        | threshold: empty (expected: a number from 0 to 1)",
                "threshold=NaN     | threshold: NaN (expected: a number from 0 to 1)",
                "threshold=0x1p-1  | threshold: 0x1p-1 (expected: a number from 0 to 1)",
                "threshold=0&threshold=1 | threshold: 0, 1 (expected: one value)",
                "treshold=0.3      | parameter: treshold (expected: threshold or model)",
                "model=Spy         | model: Spy (expected: 1..40 of a-z, 0-9 and '-', starting with a letter and not ending with '-')"
            })
    void refusesWhatItCannotMeanAndNamesTheLimits(String query, String detail) {
        assertProblem(showcase.get("/predictionForTomorrow?" + query), 400, detail);
    }

    @Test
    void aModelThatIsNotThereIsNotFound() {
        String detail = "model: gold (expected: one of spy-direction)";

        assertProblem(showcase.get("/predictionForTomorrow?model=gold"), 404, detail);
        assertProblem(showcase.get("/models/gold"), 404, detail);
        assertProblem(showcase.post("/models/gold/predict", "{}"), 404, detail);
    }

    @Test
    void amongSeveralModelsOneHasToBeNamed(@TempDir Path other) {
        ModelName gold = new ModelName("gold");
        try (Showcase two = Showcase.in(other, SPY, gold)) {
            two.champion(1);
            two.register(gold, two.train(gold, 2).encode());
            two.promote(gold, 1);
            two.serving();
            await().until(() -> two.get("/readyz").statusCode() == 200);

            HttpResponse<String> unnamed = two.get("/predictionForTomorrow");
            assertProblem(unnamed, 400, "model: missing (expected: one of gold, spy-direction)");
            assertThat(json(unnamed).get("models")).map(JsonNode::asText).containsExactly("gold", "spy-direction");
            await().untilAsserted(() -> assertThat(two.json("/predictionForTomorrow?model=gold")
                            .path("model")
                            .asText())
                    .isEqualTo("gold"));
        }
    }

    @Test
    void predictsForEachRowThatHasEnoughRowsBeforeIt() {
        Table table = showcase.table().slice(1000, 1006);
        HttpResponse<String> answer =
                showcase.post("/models/spy-direction/predict", "{\"threshold\": 0.4, \"rows\": " + rows(table) + "}");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = json(answer);
        assertThat(body.get("version").asText()).isEqualTo("v1");
        assertThat(body.get("digest").asText()).startsWith("sha256:");
        assertThat(body.get("threshold").asDouble()).isEqualTo(0.4);
        FittedFeatures features = champion.features();
        Predictor predictor = Predictor.decode(champion);
        assertThat(body.get("predictions")).hasSize(3);
        assertThat(body.get("warnings"))
                .map(JsonNode::asText)
                .contains("column: volume (expected: one that the definition names: close, date)");
        for (int row = 3; row < 6; row++) {
            double confidence = predictor.scores(features.vector(table, row))[0];
            JsonNode prediction = body.get("predictions").get(row - 3);
            assertThat(prediction.get("as_of").asText()).isEqualTo(table.key(row));
            assertThat(prediction.get("confidence").asDouble()).isEqualTo(confidence);
            assertThat(prediction.get("prediction").asText()).isEqualTo(confidence >= 0.4 ? "UP" : "DOWN");
        }
    }

    @Test
    void predictsForFeaturesThatTheClientComputed() {
        HttpResponse<String> answer = showcase.post("/models/spy-direction/predict", """
                {"features": [{"volatility_3": 0.01, "return_1": -0.02, "average_3": 2800},
                              {"return_1": 0.01, "average_3": 3000, "volatility_3": 0.003}]}""");

        assertThat(answer.statusCode()).isEqualTo(200);
        Predictor predictor = Predictor.decode(champion);
        assertThat(json(answer).get("predictions"))
                .map(prediction -> prediction.get("confidence").asDouble())
                .containsExactly(
                        predictor.scores(new double[] {-0.02, 2800, 0.01})[0],
                        predictor.scores(new double[] {0.01, 3000, 0.003})[0]);
        assertThat(json(answer).get("predictions").get(0).has("as_of")).isFalse();
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("", "body: missing (expected: an object with rows or features)"),
                Arguments.of("[]", "body: empty array (expected: an object with rows or features)"),
                Arguments.of("{\"rows\": [", "body:1:11: the end (expected: JSON, whole)"),
                Arguments.of("{\"rows\": [], \"rows\": []}", "body:1:20: key rows once more (expected: each key once)"),
                Arguments.of("{} {}", "body:1:4: something after the object (expected: one JSON object)"),
                Arguments.of("{\"threshold\": NaN}", "body:1:18: NaN (expected: JSON)"),
                Arguments.of("{\"threshold\": -Infinity}", "Infinity (expected: JSON)"),
                Arguments.of("{threshold: 1}", "threshold (expected: JSON)"),
                Arguments.of("{'threshold': 1}", "body:1:2: ' (expected: JSON)"),
                Arguments.of("{\"threshold\": 01}", "body:1:16: 01 (expected: JSON)"),
                Arguments.of("{\"threshold\": 1,}", "body:1:17: } (expected: JSON)"),
                Arguments.of("{\"a\tb\": 1}", "(expected: JSON)"),
                Arguments.of("{\"a\\xb\": 1}", "(expected: JSON)"),
                Arguments.of("// why\n{}", "body:1:1: / (expected: JSON)"),
                Arguments.of("\uFEFF{}", "body: neither rows nor features (expected: one of the two)"),
                Arguments.of(
                        "{\"threshold\": 0.%s}".formatted("1".repeat(1_500)),
                        "body: number: 1500 characters (expected: at most 100 characters)"),
                Arguments.of(
                        "{\"threshold\": %s}".formatted("1".repeat(101)),
                        "body: number: 101 characters (expected: at most 100 characters)"),
                Arguments.of(
                        "{\"%s\": 1}".formatted("a".repeat(1_001)), "characters (expected: at most 1000 characters)"),
                Arguments.of(
                        "{\"rows\": \"%s\"}".formatted("a".repeat(100_001)),
                        "characters (expected: at most 100000 characters)"),
                Arguments.of(
                        "[".repeat(33),
                        "body: objects and lists within each other: 33 deep (expected: at most 32 deep)"),
                Arguments.of("{}", "body: neither rows nor features (expected: one of the two)"),
                Arguments.of("{\"rows\": [], \"features\": []}", "body: rows and features (expected: one of the two)"),
                Arguments.of(
                        "{\"row\": []}",
                        "body: unknown key row (expected: one of features, model_version, rows, threshold)"),
                Arguments.of("{\"rows\": []}", "rows: empty array (expected: a list, not empty)"),
                Arguments.of("{\"rows\": 3}", "rows: number (expected: a list, not empty)"),
                Arguments.of(
                        "{\"rows\": [{\"date\": \"2020-01-01\", \"close\": 1}]}",
                        "rows: 1 (expected: at least 4: 3 to look back at and 1 to predict for)"),
                Arguments.of(four("\"close\": \"3.5\""), "rows[0].close: \"3.5\" (expected: a number)"),
                Arguments.of(four("\"close\": null"), "rows[0].close: null (expected: a number)"),
                Arguments.of(four("\"close\": 1e999"), "rows[0].close: Infinity (expected: a number)"),
                Arguments.of(four("\"open\": 1"), "rows[0].close: missing (expected: a value)"),
                Arguments.of(four("\"close\": 0"), "is close zero, or missing, there?"),
                Arguments.of(
                        four("\"close\": 1").replace("2020-01-02", "2020-01-01"),
                        "date: 2020-01-01 (expected: a key after the one before it: 2020-01-01)"),
                Arguments.of(
                        four("\"close\": 1").replace("\"2020-01-01\"", "20200101"),
                        "rows[0].date: number (expected: text such as 2020-04-17)"),
                Arguments.of(
                        "{\"features\": [{\"return_1\": 1, \"average_3\": 2}]}",
                        "features[0].volatility_3: missing (expected: a value)"),
                Arguments.of(
                        "{\"features\": [{\"return_2\": 1}]}",
                        "features[0]: unknown key return_2 (expected: one of average_3, return_1, volatility_3)"),
                Arguments.of(
                        "{\"features\": [{\"return_1\": true, \"average_3\": 2, \"volatility_3\": 3}]}",
                        "features[0].return_1: true (expected: a number)"),
                Arguments.of(
                        "{\"features\": [7]}", "features: 1 numbers (expected: 3: return_1, average_3, volatility_3)"),
                Arguments.of(
                        "{\"threshold\": 7, \"features\": [{}]}", "threshold: 7.0 (expected: a number from 0 to 1)"),
                Arguments.of(
                        "{\"threshold\": \"0.5\", \"features\": [{}]}",
                        "threshold: \"0.5\" (expected: a number from 0 to 1)"));
    }

    private static String four(String columns) {
        return "{\"rows\": ["
                + IntStream.rangeClosed(1, 4)
                        .mapToObj(day -> "{\"date\": \"2020-01-0%d\", %s}".formatted(day, columns))
                        .collect(Collectors.joining(", "))
                + "]}";
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void refusesABodyThatIsNotWhatTheModelNeeds(String body, String detail) {
        HttpResponse<String> answer = showcase.post("/models/spy-direction/predict", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).get("detail").asText())
                .contains(detail)
                .doesNotContain("Feature", "Stream", "ObjectNode");
    }

    @Test
    void aBodyOfMoreThanAMegabyteIsTooLarge() {
        String large = "{\"rows\": [" + " ".repeat(1_000_001) + "]}";
        String detail = "body: too large (expected: at most 1000000 bytes)";

        assertProblem(showcase.post("/models/spy-direction/predict", large), 413, detail);
        // Without a length in front.
        HttpRequest chunked = HttpRequest.newBuilder(showcase.uri("/models/spy-direction/predict"))
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(List.of(large.getBytes()))))
                .build();
        assertProblem(showcase.send(chunked), 413, detail);
    }

    private static String rows(Table table) {
        return IntStream.range(0, table.rows())
                .mapToObj(row -> "{\"date\": \"%s\", \"close\": %s, \"volume\": %s}"
                        .formatted(table.key(row), table.value("close", row), table.value("volume", row)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    static void assertProblem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.get("type").asText()).isEqualTo("about:blank");
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("detail").asText()).isEqualTo(detail);
        assertThat(problem.get("instance").asText()).isEqualTo(answer.uri().getPath());
    }
}
