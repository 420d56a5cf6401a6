package dev.laurel.server;

import static dev.laurel.server.Showcase.PETALS;
import static dev.laurel.server.Showcase.RENT;
import static dev.laurel.server.Showcase.SPY;
import static dev.laurel.server.Showcase.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MLflow's scoring protocol, as its clients speak it. */
class ScoringTest {
    private static final String RECORDS = """
            {"dataframe_records": [
              {"district": "東京", "area": 40.5, "rooms": 1, "built": "1949-1990", "rent": 700},
              {"district": "Mitte", "area": 90, "rooms": null, "built": null, "rent": null}]}""";

    @TempDir
    static Path folder;

    static Showcase showcase;

    @BeforeAll
    static void serve() {
        showcase = Showcase.in(folder, SPY, PETALS, RENT);
        showcase.champion(SPY, 1);
        showcase.champion(PETALS, 2);
        showcase.champion(RENT, 3);
        showcase.serving();
        await().until(() -> showcase.get("/ping").statusCode() == 200);
    }

    @AfterAll
    static void close() {
        showcase.close();
    }

    @Test
    void saysThatItLivesAndWhichReleaseItIs() {
        assertThat(showcase.get("/ping").body()).isEqualTo("\n");
        assertThat(showcase.get("/version").body()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                {"dataframe_split": {"columns": ["rooms", "built", "district", "area"], "index": [0, 1],
                  "data": [[1, "1949-1990", "東京", 40.5], [null, null, "Mitte", 90]]}}""", """
                {"instances": [
                  {"district": "東京", "area": 40.5, "rooms": 1, "built": "1949-1990"}, {"district": "Mitte", "area": 90}]}""", """
                {"inputs": {"district": ["東京", "Mitte"], "area": [40.5, 90], "rooms": [1, null], "built": ["1949-1990", null]}}""", """
                {"inputs": [
                  {"district": "東京", "area": 40.5, "rooms": true, "built": "1949-1990"}, {"district": "Mitte", "area": 90}],
                  "params": null}"""})
    void everyFormGivesTheSameAnswer(String body) {
        String expected = score("rent", RECORDS).body();

        assertThat(expected).matches("\\{\"predictions\":\\[[0-9.]+,[0-9.]+]}");
        assertThat(score("rent", body).body()).isEqualTo(expected);
    }

    @Test
    void csvIsAFormToo() {
        String csv = "\uFEFFarea,rooms,built,landlord,district\r\n40.5,1,1949-1990,\"N, 1\",東京\r\n\r\n90,,,,Mitte\r\n";

        assertThat(score("rent", "text/csv; charset=utf-8", csv).body())
                .isEqualTo(score("rent", RECORDS).body());
    }

    @Test
    void answersWithLabelsWhereThereAreSome() {
        HttpResponse<String> answer = score("petals", "{\"instances\": [[5.1, 3.5, 1.4, 0.2], [6.7, 3.0, 5.2, 2.3]]}");

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("X-Laurel-Model")).contains("petals@v1");
        JsonNode rows = json(showcase.post(
                "/models/petals/predict", "{\"features\": [[5.1, 3.5, 1.4, 0.2], [6.7, 3.0, 5.2, 2.3]]}"));
        assertThat(answer.body())
                .isEqualTo(
                        "{\"predictions\":[\"%s\",\"%s\"]}",
                        rows.at("/predictions/0/prediction").asText(),
                        rows.at("/predictions/1/prediction").asText());
    }

    @Test
    void aThresholdIsAParameter() {
        String body = "{\"instances\": [[0.01, 3000, 0.003]], \"params\": {\"threshold\": %s}}";

        assertThat(score("spy-direction", body.formatted("0")).body()).isEqualTo("{\"predictions\":[\"UP\"]}");
        assertError(
                score("petals", "{\"instances\": [[1, 2, 3, 4]], \"params\": {\"threshold\": 0.5}}"),
                400,
                "BAD_REQUEST",
                "threshold: 0.5 (expected: none; petals answers with one of setosa, versicolor, virginica)");
    }

    @Test
    void theShortFormIsThatOfAServerWithOneModel(@TempDir Path other) {
        assertError(
                send("/invocations", "application/json", RECORDS),
                400,
                "BAD_REQUEST",
                "model: missing (expected: one of petals, rent, spy-direction, as in /models/petals/invocations)");
        try (Showcase one = Showcase.in(other, RENT)) {
            one.champion(RENT, 3);
            one.serving();
            await().until(() -> one.get("/ping").statusCode() == 200);

            HttpResponse<String> answer = one.send(HttpRequest.newBuilder(one.uri("/invocations"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(RECORDS))
                    .build());
            assertThat(answer.body()).isEqualTo(score("rent", RECORDS).body());
        }
    }

    @Test
    void aServerThatIsNotReadySaysSo(@TempDir Path other) {
        try (Showcase empty = Showcase.in(other, RENT)) {
            empty.serving();

            await().untilAsserted(() -> assertError(
                    empty.get("/ping"), 503, "TEMPORARILY_UNAVAILABLE", "no model is pinned in production yet"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | body: no rows (expected: one of dataframe_records, dataframe_split, inputs, instances)",
                "{\"inputs\": [], \"instances\": []} | body: inputs and instances (expected: one of dataframe_records, dataframe_split, inputs, instances)",
                "{\"columns\": []} | body: unknown key columns (expected: one of dataframe_records, dataframe_split, inputs, instances, params)",
                "{\"instances\": [1]} | instances[0]: number (expected: an object)",
                "{\"instances\": [[1]]} | instances[0]: 1 numbers (expected: 7: district=Köln-Süd, district=Mitte, district=Łódź, district=東京, built, area, rooms)",
                "{\"dataframe_records\": [{\"district\": \"Mitte\"}]} | dataframe_records[0].area: missing (expected: a value)",
                "{\"dataframe_records\": [{\"distrct\": \"Mitte\"}]} | column: distrct (expected: one that the definition names: area, built, district, landlord, rent, rooms)",
                "{\"dataframe_records\": [{\"district\": \"Mitte\", \"area\": \"90\"}]} | dataframe_records[0].area: \"90\" (expected: a number)",
                "{\"dataframe_split\": {\"columns\": [\"area\"], \"data\": [[1], [1, 2]]}} | dataframe_split.data[1]: 2 values (expected: a list of 1, one for each column)",
                "{\"dataframe_split\": {\"columns\": [\"area\", \"area\"], \"data\": [[1, 2]]}} | dataframe_split.columns[1]: area (expected: each column once)",
                "{\"dataframe_split\": {\"data\": [[1]]}} | dataframe_split.columns: missing (expected: a list, not empty)",
                "{\"inputs\": {\"area\": [1, 2], \"district\": [\"Mitte\"]}} | inputs.district: 1 values (expected: 2, as the first column has)",
                "{\"inputs\": {\"area\": [1, 2], \"district\": [\"Mitte\", 1.5]}} | inputs.district[1]: number (expected: text)"
            })
    void aBodyThatCannotBeIsNamed(String body, String message) {
        assertError(score("rent", body), 400, "BAD_REQUEST", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "area,district | body: 1 lines (expected: a header, and a line for each row)",
                "area,district\\n1 | line 2: 1 fields (expected: 2, as in the header)",
                "area,area\\n1,2 | line 1: area (expected: each column once)",
                "area,district\\n1,Mitte\\n0x1p3,Mitte | line 3, area: 0x1p3 (expected: a number)",
                "area,district\\n,Mitte | line 2, area: empty (expected: a number)",
                "area,district\\n1, | line 2, district: empty (expected: text)",
                "area,district\\n1,\"Mitte | body: a quote that nothing ends, or too long a field (expected: CSV)",
                "area\\n1 | line 2, district: missing (expected: a value)"
            })
    void aCsvThatCannotBeIsNamed(String csv, String message) {
        assertError(score("rent", "text/csv", csv.replace("\\n", "\n")), 400, "BAD_REQUEST", message);
    }

    @Test
    void errorsHaveTheFormOfTheProtocol() {
        assertError(
                score("rent", "text/plain", "1"),
                415,
                "BAD_REQUEST",
                "Content-Type: another one (expected: application/json or text/csv)");
        assertError(
                score("gold", "{}"),
                404,
                "RESOURCE_DOES_NOT_EXIST",
                "model: gold (expected: one of petals, rent, spy-direction)");
        assertError(
                showcase.get("/models/rent/invocations"), 405, "ENDPOINT_NOT_FOUND", "method: GET (expected: POST)");
        assertError(
                score("rent", " ".repeat(1_000_001)),
                413,
                "BAD_REQUEST",
                "body: too large (expected: at most 1000000 bytes)");
    }

    private static void assertError(HttpResponse<String> answer, int status, String code, String message) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(answer).get("error_code").asText()).isEqualTo(code);
        assertThat(json(answer).get("message").asText()).isEqualTo(message);
    }

    private static HttpResponse<String> score(String model, String body) {
        return score(model, "application/json", body);
    }

    private static HttpResponse<String> score(String model, String type, String body) {
        return send("/models/" + model + "/invocations", type, body);
    }

    private static HttpResponse<String> send(String path, String type, String body) {
        return showcase.send(HttpRequest.newBuilder(showcase.uri(path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build());
    }
}
