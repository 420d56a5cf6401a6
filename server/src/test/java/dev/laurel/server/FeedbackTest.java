package dev.laurel.server;

import static dev.laurel.server.PredictionTest.assertProblem;
import static dev.laurel.server.Showcase.ALICE;
import static dev.laurel.server.Showcase.PRODUCTION;
import static dev.laurel.server.Showcase.RENT;
import static dev.laurel.server.Showcase.SPY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.model.ChallengerMode;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Version;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients tell of what turned out to be true. */
class FeedbackTest {
    private static final String FEEDBACK = "/models/spy-direction/feedback";

    @TempDir
    Path folder;

    Showcase showcase;
    String body;

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder, SPY, RENT);
        showcase.champion(1);
        showcase.register(2);
        showcase.champion(RENT, 3);
        serve();
        body = showcase.json("/models/spy-direction").path("example").toString();
    }

    private void serve() {
        showcase.serving();
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
        keep(Map.of());
    }

    private void keep(Map<String, String> environment) {
        showcase.server().keepFeedback(folder.resolve("feedback"), environment);
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @Test
    void whatIsToldOfARequestIsCountedOnce() {
        String said = predict("a");
        String other = said.equals("UP") ? "DOWN" : "UP";

        assertThat(tell("{'request_id': 'a', 'actual': '%s'}".formatted(other))).isEqualTo("counted");
        assertThat(tell("{'request_id': 'a', 'actual': '%s'}".formatted(other))).isEqualTo("repeated");
        assertThat(score().at("/metrics/accuracy/value").asDouble()).isZero();
        assertThat(tell("{'request_id': 'a', 'actual': '%s'}".formatted(said))).isEqualTo("corrected");
        assertThat(score().at("/metrics/accuracy/value").asDouble()).isEqualTo(1);
        assertThat(score().at("/metrics/accuracy/low").asDouble()).isBetween(0.1, 0.9);
        assertThat(score().path("rows").asInt()).isEqualTo(1);
        assertThat(score().path("role").asText()).isEqualTo("champion");
        await().untilAsserted(() -> assertThat(showcase.get("/metrics").body())
                .contains(
                        "laurel_feedback_rows{model=\"spy-direction\",role=\"champion\",version=\"v1\"} 1.0",
                        "laurel_feedback_score{metric=\"accuracy\",model=\"spy-direction\",role=\"champion\",version=\"v1\"} 1.0",
                        "laurel_feedback_told_total{model=\"spy-direction\",outcome=\"repeated\"} 1.0"));
    }

    @Test
    void aTruthWithoutAnAnswerWaitsForOne() {
        assertThat(tell("{'request_id': 'early', 'actual': 'UP'}")).isEqualTo("unmatched");
        assertThat(showcase.json(FEEDBACK).path("versions")).isEmpty();

        predict("early");
        await().untilAsserted(() -> assertThat(score().path("rows").asInt()).isEqualTo(1));
    }

    @Test
    void aBatchNamesRowsAndIsWholeOrNot() {
        String rows = body.replaceFirst("\\[\\[(.*?)]]", "[[$1],[$1]]");
        assertThat(showcase.post("/models/spy-direction/predict", rows, "X-Request-Id", "two")
                        .statusCode())
                .isEqualTo(200);
        assertProblem(
                post(
                        "{'feedback': [{'request_id': 'two', 'actual': 'UP'}, {'request_id': 'two', 'row': -1, 'actual': 'UP'}]}"),
                400,
                "feedback[1].row: -1 (expected: the place of an answer in its request: 0..9999)");
        assertThat(showcase.json(FEEDBACK).path("versions")).isEmpty();

        JsonNode told = Showcase.json(
                post(
                        "{'feedback': [{'request_id': 'two', 'actual': 'UP'}, {'request_id': 'two', 'row': 1, 'actual': 'UP'}]}"));
        assertThat(told.path("counted").asInt()).isEqualTo(2);
        assertThat(score().path("rows").asInt()).isEqualTo(2);
    }

    @Test
    void aKeyNamesTheRowsThatWereAskedAbout() {
        JsonNode tomorrow = Showcase.json(showcase.get("/predictionForTomorrow?model=spy-direction"));
        String day = tomorrow.path("as_of").asText();

        assertThat(tell("{'key': '%s', 'actual': '%s'}"
                        .formatted(day, tomorrow.path("prediction").asText())))
                .isEqualTo("counted");
        assertThat(score().at("/metrics/accuracy/value").asDouble()).isEqualTo(1);
    }

    @Test
    void valuesHaveErrorsWithIntervals() {
        String example = showcase.json("/models/rent").path("example").toString();
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> answer = showcase.post("/models/rent/predict", example, "X-Request-Id", "r" + i);
            values.add(Showcase.json(answer).at("/predictions/0/prediction").asDouble());
            assertThat(showcase.post(
                                    "/models/rent/feedback",
                                    "{\"request_id\": \"r%s\", \"actual\": %s}".formatted(i, values.get(i) + i))
                            .statusCode())
                    .isEqualTo(200);
        }

        JsonNode metrics = showcase.json("/models/rent/feedback").at("/versions/0/metrics");
        assertThat(metrics.at("/mae/value").asDouble()).isCloseTo(4.5, within(1e-9));
        assertThat(metrics.at("/rmse/value").asDouble()).isCloseTo(Math.sqrt(28.5), within(1e-9));
        assertThat(metrics.at("/mae/low").asDouble()).isBetween(2.0, 3.0);
        assertThat(metrics.at("/mae/high").asDouble()).isBetween(6.0, 7.0);
    }

    @Test
    void saysWhatIsWrongAndKeepsNothing() {
        assertProblem(
                post("{'request_id': 'a', 'actual': 'SIDEWAYS'}"),
                400,
                "actual: another label (expected: one of UP, DOWN)");
        assertProblem(post("{'request_id': 'a', 'actual': 0.5}"), 400, "actual: number (expected: one of UP, DOWN)");
        assertProblem(post("{'request_id': 'a'}"), 400, "actual: missing (expected: one of UP, DOWN)");
        assertProblem(post("{'actual': 'UP'}"), 400, "body: neither request_id nor key (expected: one of the two)");
        assertProblem(
                post("{'request_id': 'a', 'key': 'b', 'actual': 'UP'}"),
                400,
                "body: request_id and key (expected: one of the two)");
        assertProblem(
                post("{'request_id': 'a', 'actual': 'UP', 'truth': 1}"),
                400,
                "body: unknown key truth (expected: one of actual, key, request_id, row)");
        assertProblem(post("{'feedback': []}"), 400, "feedback: empty array (expected: a list, not empty)");
        assertProblem(
                post("{'feedback': [{'request_id': ' ', 'actual': 'UP'}]}"),
                400,
                "feedback[0].request_id: text of 1 characters (expected: text of 1..128 characters)");
        assertProblem(
                showcase.post("/models/rent/feedback", "{\"key\": \"a\", \"actual\": 1}"),
                400,
                "key: there (expected: a request_id: rows of rent have no keys)");
        assertProblem(
                showcase.post("/models/rent/feedback", "{\"request_id\": \"a\", \"actual\": \"dear\"}"),
                400,
                "actual: \"dear\" (expected: a number)");
        assertProblem(
                showcase.post("/models/rent/feedback", "{\"request_id\": \"a\", \"actual\": 1e80}"),
                400,
                "actual: 1.0E80 (expected: a number, -1e70..1e70)");
        assertThat(showcase.get("/feedback").statusCode()).isEqualTo(400);
        assertThat(showcase.json(FEEDBACK).path("versions")).isEmpty();
    }

    @Test
    void bothVersionsAreJudgedOnTheSameRows() {
        showcase.registry.challenge(
                PRODUCTION, SPY, new Version(2), ChallengerMode.SHADOW, null, "a quiet week", ALICE);
        await().until(() -> showcase.json("/models/spy-direction/live")
                .at("/challenger/version")
                .asText()
                .equals("v2"));
        for (int i = 0; i < 20; i++) {
            String said = predict("s" + i);
            tell("{'request_id': 's%s', 'actual': '%s'}".formatted(i, said));
        }

        await().untilAsserted(() -> {
            JsonNode live = showcase.json("/models/spy-direction/live").path("feedback");
            assertThat(live.at("/champion_beside/rows").asInt()).isEqualTo(20);
            assertThat(live.at("/challenger_beside/rows").asInt()).isEqualTo(20);
            assertThat(live.at("/champion/right").asInt()).isEqualTo(20);
            assertThat(live.path("shared").asBoolean()).isFalse();
        });
    }

    @Test
    void goesOnAfterARestartAndACrash() throws Exception {
        String said = predict("a");
        predict("b");
        tell("{'request_id': 'a', 'actual': '%s'}".formatted(said));
        showcase.server().close();
        Files.writeString(
                folder.resolve("feedback/journal.jsonl"), "{\"truth\":{\"model\":\"sp", StandardOpenOption.APPEND);

        serve();
        assertThat(score().path("rows").asInt()).isEqualTo(1);
        assertThat(tell("{'request_id': 'a', 'actual': '%s'}".formatted(said))).isEqualTo("repeated");
        assertThat(tell("{'request_id': 'b', 'actual': 'UP'}")).isEqualTo("counted");
        showcase.server().close();

        serve();
        assertThat(score().path("rows").asInt()).isEqualTo(2);
    }

    @Test
    void recordsWhatWasAskedWhereItIsToldTo() throws Exception {
        predict("before");
        showcase.server().close();
        assertThat(folder.resolve("feedback/records")).doesNotExist();

        showcase.serving();
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
        keep(Map.of("LAUREL_RECORD", "all", "LAUREL_FEEDBACK", "off"));
        predict("after");
        showcase.server().close();

        try (Stream<Path> files = Files.list(folder.resolve("feedback/records"))) {
            List<String> lines = Files.readAllLines(files.findFirst().orElseThrow(), UTF_8);
            assertThat(lines).hasSize(1);
            assertThat(lines.get(0))
                    .contains("\"id\":\"after\"", "\"columns\":{\"return_1\":", "\"predicted\":\"", "\"version\":1");
        }
    }

    @Test
    void neverRecordsWhatIsPrivate() throws Exception {
        showcase.server().close();
        showcase.serving();
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
        keep(Map.of("LAUREL_RECORD", "all"));
        String row = "{\"rows\": [{\"district\": \"Łódź\", \"built\": \"1930s\", \"area\": 50, \"rooms\": null}]}";
        String vector = showcase.json("/models/rent").path("example").toString();
        assertThat(showcase.post("/models/rent/predict", row).statusCode()).isEqualTo(200);
        assertThat(showcase.post("/models/rent/predict", vector).statusCode()).isEqualTo(200);
        showcase.server().close();

        try (Stream<Path> files = Files.list(folder.resolve("feedback/records"))) {
            List<String> lines = Files.readAllLines(files.findFirst().orElseThrow(), UTF_8);
            assertThat(lines)
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains("\"area\":").doesNotContain("built", "1930s"));
            assertThat(lines.get(0)).contains("\"district\":\"Łódź\"").doesNotContain("rooms");
        }
    }

    @Test
    void saysThatSeveralServersNeedADatabaseAndAnswersPredictions() {
        showcase.server().close();
        showcase.serving();
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
        keep(Map.of("LAUREL_REPLICAS", "2"));

        predict("a");
        assertProblem(
                post("{'request_id': 'a', 'actual': 'UP'}"),
                503,
                "feedback is off: each of 2 servers would know a part of it (expected: a database that they have in common in LAUREL_DATABASE_URL)");
        assertThat(showcase.json("/models/spy-direction/live").has("feedback")).isFalse();
    }

    @Test
    void settingsAreStrict() {
        assertThatThrownBy(() -> keep(Map.of("LAUREL_RECORD", "sample:2")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(
                        "LAUREL_RECORD: sample:2 (expected: all, off, or a share of the requests such as sample:0.01)");
        assertThatThrownBy(() -> keep(Map.of("LAUREL_REPLICAS", "0"))).isInstanceOf(InvalidValueException.class);
    }

    /** The label. */
    private String predict(String id) {
        HttpResponse<String> answer = showcase.post("/models/spy-direction/predict", body, "X-Request-Id", id);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Showcase.json(answer).at("/predictions/0/prediction").asText();
    }

    private HttpResponse<String> post(String text) {
        return showcase.post(FEEDBACK, text.replace('\'', '"'));
    }

    /** The outcome of one. */
    private String tell(String text) {
        HttpResponse<String> answer = post(text);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Showcase.json(answer).at("/results/0/outcome").asText();
    }

    private JsonNode score() {
        return showcase.json(FEEDBACK).at("/versions/0");
    }
}
