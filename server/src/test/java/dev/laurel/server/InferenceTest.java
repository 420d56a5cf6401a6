package dev.laurel.server;

import static dev.laurel.server.Showcase.PETALS;
import static dev.laurel.server.Showcase.RENT;
import static dev.laurel.server.Showcase.SPY;
import static dev.laurel.server.Showcase.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.model.Digest;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Predictor;
import dev.laurel.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Open Inference Protocol, as its clients speak it. */
class InferenceTest {
    private static final String FLOWERS = """
            {"name": "features", "datatype": "FP64", "shape": [2, 4], "data": [5.1, 3.5, 1.4, 0.2, 6.7, 3.0, 5.2, 2.3]}""";

    @TempDir
    static Path folder;

    static Showcase showcase;
    static ModelFile petals;
    static ModelFile rent;
    static ModelFile spy;

    @BeforeAll
    static void serve() {
        showcase = Showcase.in(folder, SPY, PETALS, RENT);
        spy = showcase.champion(SPY, 1);
        petals = showcase.champion(PETALS, 2);
        rent = showcase.champion(RENT, 3);
        showcase.serving();
        await().until(() -> showcase.get("/v2/health/ready").statusCode() == 200);
    }

    @AfterAll
    static void close() {
        showcase.close();
    }

    @Test
    void saysWhoItIsAndThatItLives() {
        assertThat(showcase.json("/v2").get("name").asText()).isEqualTo("laurel");
        assertThat(showcase.json("/v2").get("extensions")).map(JsonNode::asText).containsExactly("binary_tensor_data");
        assertThat(showcase.get("/v2/health/live").body()).isEqualTo("{\"live\":true}");
        assertThat(showcase.get("/v2/health/ready").body()).isEqualTo("{\"ready\":true}");
        assertThat(showcase.get("/v2/models/petals/ready").body()).isEqualTo("{\"name\":\"petals\",\"ready\":true}");
        assertThat(showcase.get("/v2/models/petals/versions/1/ready").statusCode())
                .isEqualTo(200);
    }

    @Test
    void describesAModelByATensorForEachColumn() {
        assertThat(showcase.get("/v2/models/petals/versions/v1").body())
                .isEqualTo(showcase.get("/v2/models/petals").body())
                .isEqualTo("""
                        {"name":"petals","versions":["v1"],"platform":"laurel","inputs":[\
                        {"name":"petal_length","datatype":"FP64","shape":[-1]},\
                        {"name":"petal_width","datatype":"FP64","shape":[-1]},\
                        {"name":"sepal_length","datatype":"FP64","shape":[-1]},\
                        {"name":"sepal_width","datatype":"FP64","shape":[-1]}],"outputs":[\
                        {"name":"label","datatype":"BYTES","shape":[-1]},\
                        {"name":"probabilities","datatype":"FP64","shape":[-1,3],"labels":["setosa","versicolor","virginica"]}]}""");
        assertThat(showcase.json("/v2/models/spy-direction")
                        .at("/inputs/0/name")
                        .asText())
                .isEqualTo("date");
    }

    @Test
    void answersVectorsOfSeveralRows() {
        HttpResponse<String> answer = infer("petals", "{\"id\": \"42\", \"inputs\": [" + FLOWERS + "]}");

        double[] first = Predictor.decode(petals).scores(new double[] {5.1, 3.5, 1.4, 0.2});
        double[] second = Predictor.decode(petals).scores(new double[] {6.7, 3.0, 5.2, 2.3});
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Laurel-Model")).contains("petals@v1");
        assertThat(answer.headers().firstValue("X-Laurel-Digest"))
                .contains(Digest.of(petals.encode()).toString());
        assertThat(answer.body()).isEqualTo("""
                        {"model_name":"petals","model_version":"v1","id":"42","outputs":[\
                        {"name":"label","datatype":"BYTES","shape":[2],"data":["%s","%s"]},\
                        {"name":"probabilities","datatype":"FP64","shape":[2,3],"data":[%s,%s]}]}""", label(first), label(second), list(first), list(second));
    }

    private static String list(double[] values) {
        return Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(","));
    }

    private static String label(double[] scores) {
        return petals.signature()
                .task()
                .outputNames()
                .get(IntStream.range(0, 3)
                        .reduce((best, next) -> scores[next] > scores[best] ? next : best)
                        .orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"inputs\": [%s]}",
                "{\"id\": null, \"parameters\": null, \"outputs\": [], \"inputs\": [%s]}",
                "{\"parameters\": {\"content_type\": \"np\"}, \"outputs\": null, \"inputs\": [%s]}"
            })
    void anIdThatIsNotThereIsNotInvented(String body) {
        HttpResponse<String> answer = infer("petals", body.formatted(FLOWERS));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).has("id")).isFalse();
    }

    @Test
    void dataMayBeNestedAsItsShapeSays() {
        String nested = FLOWERS.replace(
                "[5.1, 3.5, 1.4, 0.2, 6.7, 3.0, 5.2, 2.3]", "[[5.1, 3.5, 1.4, 0.2], [6.7, 3.0, 5.2, 2.3]]");

        assertThat(infer("petals", "{\"inputs\": [" + nested + "]}").body())
                .isEqualTo(infer("petals", "{\"inputs\": [" + FLOWERS + "]}").body());
    }

    @Test
    void onlyTheOutputsThatAreWanted() {
        JsonNode answer = json(infer("petals", """
                {"inputs": [%s], "outputs": [{"name": "label"}]}""".formatted(FLOWERS)));

        assertThat(answer.get("outputs"))
                .map(output -> output.get("name").asText())
                .containsExactly("label");
    }

    @Test
    void rowsOfWordsAndNumbersWithATensorForEachColumn() {
        JsonNode answer = json(infer("rent", """
                {"inputs": [
                  {"name": "district", "datatype": "BYTES", "shape": [3], "data": ["Köln-Süd", "東京", "Atlantis"]},
                  {"name": "area", "datatype": "FP32", "shape": [3, 1], "data": [40.5, 70, 100]},
                  {"name": "rooms", "datatype": "INT64", "shape": [3], "data": [1, 2, 3]}]}"""));

        assertThat(answer.at("/outputs/0/name").asText()).as(answer.toString()).isEqualTo("value");
        assertThat(answer.at("/outputs/0/data"))
                .map(JsonNode::asDouble)
                .containsExactly(rentOf("Köln-Süd", 40.5, 1), rentOf("東京", 70, 2), rentOf("Atlantis", 100, 3));
    }

    private static double rentOf(String district, double area, double rooms) {
        List<String> features = rent.signature().features();
        double[] vector = new double[features.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = switch (features.get(i)) {
                case "area" -> area;
                case "rooms" -> rooms;
                // The word for a missing one is the first of all.
                case "built" -> 1;
                default -> features.get(i).equals("district=" + district) ? 1 : 0;
            };
        }
        return Predictor.decode(rent).scores(vector)[0];
    }

    @Test
    void aWholeNumberOf64BitsIsAWordDigitByDigit() {
        HttpResponse<String> answer = infer("rent", """
                {"inputs": [
                  {"name": "district", "datatype": "INT64", "shape": [1], "data": [9223372036854775807]},
                  {"name": "area", "datatype": "INT32", "shape": [1], "data": [-2147483648]},
                  {"name": "rooms", "datatype": "BOOL", "shape": [1], "data": [true]}]}""");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void rowsOfASeriesAreAnsweredFromTheFirstThatHasEnoughBeforeIt() {
        Table table = showcase.table().slice(1000, 1006);
        String keys = table.keys().stream().map(key -> '"' + key + '"').collect(Collectors.joining(","));
        JsonNode answer = json(infer("spy-direction", """
                {"parameters": {"threshold": 0}, "inputs": [
                  {"name": "date", "datatype": "BYTES", "shape": [6], "data": [%s]},
                  {"name": "close", "datatype": "FP64", "shape": [6], "data": [%s]}]}""".formatted(keys, list(table.numbers("close")))));

        assertThat(answer.at("/outputs/0/data"))
                .as(answer.toString())
                .map(JsonNode::asText)
                .containsExactly("UP", "UP", "UP");
        assertThat(answer.at("/outputs/1/data/0").asDouble())
                .isEqualTo(Predictor.decode(spy).scores(spy.features().vector(table, 3))[0]);
    }

    @Test
    void binaryTensorsBothWays() throws IOException {
        ByteBuffer values = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        values.asDoubleBuffer().put(new double[] {5.1, 3.5, 1.4, 0.2, 6.7, 3.0, 5.2, 2.3});
        HttpResponse<byte[]> answer = binary("petals", """
                {"parameters": {"binary_data_output": true},
                 "inputs": [{"name": "features", "datatype": "FP64", "shape": [2, 4], "parameters": {"binary_data_size": 64}}]}""", values.array());

        assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
        int length = Integer.parseInt(
                answer.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        JsonNode document = new ObjectMapper().readTree(Arrays.copyOf(answer.body(), length));
        int labels = document.at("/outputs/0/parameters/binary_data_size").asInt();
        assertThat(document.at("/outputs/1/parameters/binary_data_size").asInt())
                .isEqualTo(48);
        assertThat(document.at("/outputs/0/data").isMissingNode()).isTrue();
        assertThat(answer.body()).hasSize(length + labels + 48);
        ByteBuffer bytes = ByteBuffer.wrap(answer.body(), length, labels + 48).order(ByteOrder.LITTLE_ENDIAN);
        byte[] first = new byte[bytes.getInt()];
        bytes.get(first);
        double[] scores = Predictor.decode(petals).scores(new double[] {5.1, 3.5, 1.4, 0.2});
        assertThat(new String(first, UTF_8)).isEqualTo(label(scores));
        bytes.position(length + labels);
        double[] sent = new double[3];
        bytes.asDoubleBuffer().get(sent);
        assertThat(sent).isEqualTo(scores);
    }

    @Test
    void binaryWordsOfAnyAlphabet() {
        byte[] word = "Łódź".getBytes(UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(4 + word.length + 4 + 1).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(word.length).put(word).putFloat(50).put((byte) 1);
        HttpResponse<byte[]> answer = binary("rent", """
                {"inputs": [
                  {"name": "district", "datatype": "BYTES", "shape": [1], "parameters": {"binary_data_size": %d}},
                  {"name": "area", "datatype": "FP32", "shape": [1], "parameters": {"binary_data_size": 4}},
                  {"name": "rooms", "datatype": "BOOL", "shape": [1], "parameters": {"binary_data_size": 1}}]}""".formatted(4 + word.length), bytes.array());

        assertThat(new String(answer.body(), UTF_8)).contains("\"data\":[" + rentOf("Łódź", 50, 1) + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\": \"features\", \"datatype\": \"FP16\", \"shape\": [1, 4], \"data\": []} | features.datatype: \"FP16\" (expected: one of FP64, FP32, INT64, INT32, BOOL, BYTES)",
                "{\"name\": \"features\", \"datatype\": \"FP64\", \"shape\": [1, 3], \"data\": [1, 2, 3]} | features.shape: [1, 3] (expected: [rows, 4]: sepal_length, sepal_width, petal_length, petal_width)",
                "{\"name\": \"features\", \"datatype\": \"FP64\", \"shape\": [1, 4], \"data\": [1, 2, 3]} | features.data: 3 elements (expected: 4, as its shape says)",
                "{\"name\": \"features\", \"datatype\": \"FP64\", \"shape\": [1, 4], \"data\": [1, 2, null, 4]} | features[2]: null (expected: a number)",
                "{\"name\": \"features\", \"datatype\": \"FP32\", \"shape\": [1, 4], \"data\": [1, 2, 1e39, 4]} | features[2]: 1.0E39 (expected: a number of 32 bits)",
                "{\"name\": \"features\", \"datatype\": \"INT32\", \"shape\": [1, 4], \"data\": [1, 2, 2147483648, 4]} | features[2]: 2147483648 (expected: a whole number, -2147483648..2147483647)",
                "{\"name\": \"features\", \"datatype\": \"INT64\", \"shape\": [1, 4], \"data\": [1, 2, 9223372036854775808, 4]} | features[2]: 9223372036854775808 (expected: a whole number, -9223372036854775808..9223372036854775807)",
                "{\"name\": \"features\", \"datatype\": \"BOOL\", \"shape\": [1, 4], \"data\": [1, 2, 3, 4]} | features[0]: 1 (expected: true or false)",
                "{\"name\": \"features\", \"datatype\": \"BYTES\", \"shape\": [1, 4], \"data\": [\"1\", \"2\", \"3\", \"4\"]} | features[0].sepal_length: \"1\" (expected: a number, as FP64)",
                "{\"name\": \"features\", \"datatype\": \"FP64\", \"shape\": [1000000000, 1000000000], \"data\": []} | features.shape: [1000000000, 1000000000] (expected: at most 1000000 elements)",
                "{\"name\": \"features\", \"datatype\": \"FP64\", \"shape\": [0, 4], \"data\": []} | features.shape: [0, 4] (expected: [rows, 4]: sepal_length, sepal_width, petal_length, petal_width)",
                "{\"name\": \"features\", \"datatype\": \"FP64\", \"shape\": [-1, 4], \"data\": []} | features.shape[0]: -1 (expected: a whole number, 0 or more)",
                "{\"name\": \"features\", \"datatype\": \"FP64\", \"shape\": [1, 4], \"parameters\": {\"binary_data_size\": 32}} | features.parameters.binary_data_size: 32 (expected: at most 0, which are left of the body)",
                "{\"name\": \"features\", \"datatype\": \"FP64\", \"shape\": [1, 4]} | features: no data (expected: one of the two)",
                "{\"name\": \"petal\", \"datatype\": \"FP64\", \"shape\": [1], \"data\": [1]} | inputs: unknown tensor petal (expected: features alone, or one for each of petal_length, petal_width, sepal_length, sepal_width)",
                "{\"name\": \"petal_width\", \"datatype\": \"FP64\", \"shape\": [1], \"data\": [1]} | petal_length[0]: missing (expected: a value)",
                "{\"datatype\": \"FP64\", \"shape\": [1], \"data\": [1]} | inputs[0].name: missing (expected: a value)"
            })
    void aTensorThatCannotBeIsNamed(String tensor, String error) {
        assertError(infer("petals", "{\"inputs\": [" + tensor + "]}"), 400, error);
    }

    @Test
    void errorsHaveTheFormOfTheProtocol() {
        assertError(infer("petals", "{"), 400, "body:1:2: the end (expected: JSON, whole)");
        assertError(infer("petals", "{}"), 400, "inputs: missing (expected: a list, not empty)");
        assertError(infer("gold", "{}"), 404, "model: gold (expected: one of petals, rent, spy-direction)");
        assertError(showcase.get("/v2/models/petals/versions/2"), 404, "version: 2 (expected: v1, which answers)");
        assertError(showcase.get("/v2/models/petals/infer"), 405, "method: GET (expected: POST)");
        assertError(
                showcase.get("/v2/nothing"),
                404,
                "/v2/nothing: nothing is here (expected: a path such as /models; / shows what there is)");
        assertError(infer("petals", " ".repeat(1_000_001)), 413, "body: too large (expected: at most 1000000 bytes)");
        assertError(
                infer("petals", "{\"inputs\": [%s], \"outputs\": [{\"name\": \"value\"}]}".formatted(FLOWERS)),
                400,
                "outputs[0].name: value (expected: one of label, probabilities)");
        assertError(
                infer("petals", "{\"inputs\": [%s], \"parameters\": {\"treshold\": 1}}".formatted(FLOWERS)),
                400,
                "parameters: unknown key treshold (expected: one of binary_data_output, content_type, threshold)");
        assertError(infer("petals", "{\"inputs\": [%s], \"id\": 3}".formatted(FLOWERS)), 400, "id: 3 (expected: text)");
        HttpResponse<byte[]> headed = binary("petals", "{}", new byte[0], "9");
        assertThat(new String(headed.body(), UTF_8))
                .isEqualTo(
                        "{\"error\":\"Inference-Header-Content-Length: 9 (expected: the bytes of the document in a body of 2)\"}");
    }

    private static void assertError(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(answer).get("error").asText()).isEqualTo(error);
        assertThat(json(answer)).hasSize(1);
    }

    private static HttpResponse<String> infer(String model, String body) {
        return showcase.post("/v2/models/" + model + "/infer", body);
    }

    private static HttpResponse<byte[]> binary(String model, String document, byte[] bytes) {
        return binary(model, document, bytes, Integer.toString(document.getBytes(UTF_8).length));
    }

    private static HttpResponse<byte[]> binary(String model, String document, byte[] bytes, String length) {
        byte[] head = document.getBytes(UTF_8);
        byte[] body = Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, body, head.length, bytes.length);
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(showcase.uri("/v2/models/" + model + "/infer"))
                                    .header("Inference-Header-Content-Length", length)
                                    .POST(BodyPublishers.ofByteArray(body))
                                    .build(),
                            BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
