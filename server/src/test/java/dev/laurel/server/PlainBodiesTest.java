package dev.laurel.server;

import static dev.laurel.server.Showcase.PETALS;
import static dev.laurel.server.Showcase.RENT;
import static dev.laurel.server.Showcase.SPY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bodies are read in one pass where they are as nearly all are, and as a tree otherwise. Whatever a body is, both say the same of it: a byte
 * order mark before it makes no other difference than that its tree is read. As many as {@code laurel.plain.bodies} says.
 */
class PlainBodiesTest {
    private static final int BODIES = Integer.getInteger("laurel.plain.bodies", 4_000);
    private static final long SEED = 20_261_130;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final String PETAL =
            "{\"sepal_length\": 5.1, \"sepal_width\": 3.5, \"petal_length\": 1.4, \"petal_width\": 0.2}";
    private static final String FLAT =
            "{\"district\": \"north\", \"built\": \"1990\", \"area\": 61.5, \"rooms\": null}";
    private static final String DAYS =
            "{\"date\": \"2020-04-01\", \"close\": 1}, {\"date\": \"2020-04-02\", \"close\": 2}, "
                    + "{\"date\": \"2020-04-03\", \"close\": 3.5}, {\"close\": 4e3, \"date\": \"2020-04-04\"}";

    private record Asked(String path, String body) {}

    private static final List<Asked> ASKED = List.of(
            new Asked("/models/petals/predict", "{\"features\": [5.1, 3.5, 1.4, 0.2]}"),
            new Asked("/models/petals/predict", "{\"features\": [[5.1, 3, 1.4, 0.2], [6.7, 3.0, 5.2, 2.3]]}"),
            new Asked("/models/petals/predict", "{\"features\": [" + PETAL + "]}"),
            new Asked("/models/petals/predict", "{\"rows\": [" + PETAL + ", " + PETAL + "]}"),
            new Asked("/models/rent/predict", "{\"rows\": [" + FLAT + ", {\"area\": true, \"district\": \"\"}]}"),
            new Asked("/models/spy-direction/predict", "{\"threshold\": 0.4, \"rows\": [" + DAYS + "]}"),
            new Asked(
                    "/models/spy-direction/predict", "{\"features\": [[0.01, 2800, 0.02]], \"model_version\": \"v1\"}"),
            new Asked(
                    "/v2/models/petals/infer",
                    "{\"id\": \"a\", \"inputs\": [{\"name\": \"features\", \"shape\": [2, 4], \"datatype\": \"FP64\", "
                            + "\"data\": [[5.1, 3, 1.4, 0.2], [6.7, 3.0, 5.2, 2.3]]}]}"),
            new Asked(
                    "/v2/models/petals/infer",
                    "{\"inputs\": [{\"name\": \"features\", \"shape\": [1, 4], \"datatype\": \"FP32\", "
                            + "\"data\": [5.1, 3, 1.4, 0.2]}], \"outputs\": [{\"name\": \"label\"}]}"),
            new Asked(
                    "/v2/models/rent/infer",
                    "{\"inputs\": [{\"name\": \"district\", \"shape\": [1], \"datatype\": \"BYTES\", \"data\": [\"north\"]}, "
                            + "{\"name\": \"built\", \"shape\": [1], \"datatype\": \"INT64\", \"data\": [1990]}, "
                            + "{\"name\": \"area\", \"shape\": [1, 1], \"datatype\": \"INT32\", \"data\": [61]}, "
                            + "{\"name\": \"rooms\", \"shape\": [1], \"datatype\": \"BOOL\", \"data\": [true]}]}"),
            new Asked(
                    "/models/rent/invocations",
                    "{\"dataframe_split\": {\"index\": [0, 1], \"columns\": [\"area\", \"district\"], "
                            + "\"data\": [[61.5, \"north\"], [40, \"south\"]]}}"),
            new Asked("/models/petals/invocations", "{\"dataframe_records\": [" + PETAL + "]}"),
            new Asked("/models/petals/invocations", "{\"inputs\": [[5.1, 3.5, 1.4, 0.2]]}"),
            new Asked("/models/petals/invocations", "{\"instances\": [" + PETAL + ", " + PETAL + "]}"),
            new Asked("/models/petals/invocations", "{\"inputs\": " + PETAL + "}"),
            new Asked(
                    "/models/spy-direction/invocations",
                    "{\"dataframe_records\": [" + DAYS + "], \"params\": {\"threshold\": 0.4}}"));

    /** What may stand instead of something, or beside it. */
    private static final List<String> PIECES = List.of(
            "null",
            "true",
            "\"\"",
            "\"x\"",
            "1",
            "-0",
            "-0.0",
            "1e400",
            "123456789012345678901234567890",
            "0.1e-5",
            "[]",
            "{}",
            "[1]",
            "{\"a\": 1}",
            ",",
            ":",
            "[",
            "]",
            "{",
            "}",
            " ",
            "\n",
            "\\",
            "\"",
            "\\u0041",
            "x",
            "/",
            "NaN",
            "2147483648",
            "9223372036854775808");

    @TempDir
    static Path folder;

    static Showcase showcase;
    private final Random random = new Random(SEED);

    @BeforeAll
    static void serve() {
        showcase = Showcase.in(folder, SPY, PETALS, RENT);
        showcase.champion(SPY, 1);
        showcase.champion(PETALS, 2);
        showcase.champion(RENT, 3);
        showcase.serving();
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
    }

    @AfterAll
    static void close() {
        showcase.close();
    }

    @Test
    void bothWaysOfReadingSayTheSame() {
        int answered = 0;
        for (int i = 0; i < BODIES; i++) {
            Asked asked = ASKED.get(i % ASKED.size());
            // The first of each as it is.
            String body = i < ASKED.size() ? asked.body : changed(asked.body);
            HttpResponse<String> plain = post(asked.path, body);
            HttpResponse<String> tree = post(asked.path, BYTE_ORDER_MARK + body);

            assertThat(plain.body()).as(asked.path + " " + body).isEqualTo(tree.body());
            assertThat(plain.statusCode()).as(asked.path + " " + body).isEqualTo(tree.statusCode());
            assertThat(plain.statusCode()).as(plain.body()).isLessThan(500);
            if (plain.statusCode() == 200) {
                answered++;
            }
        }
        assertThat(answered).isBetween(BODIES / 100, BODIES);
    }

    @Test
    void aBodyInAnotherEncodingIsNeverRead() {
        String spread = "{\"features\": [5.1, 3.5, 1.4, 0.2]}".replaceAll("(?s).", "\0$0");

        HttpResponse<String> answer = post("/models/petals/predict", spread);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("(expected: JSON)");
    }

    private static HttpResponse<String> post(String path, String body) {
        return showcase.post(path, body, "Content-Type", "application/json");
    }

    private String changed(String body) {
        StringBuilder text = new StringBuilder(body);
        for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(8));
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, piece);
                case 2 -> text.insert(from, text.substring(from, to));
                case 3 -> text.replace(from, to, piece);
                default -> value(text, piece);
            }
            if (text.isEmpty()) {
                text.append("{}");
            }
        }
        return text.toString();
    }

    /** Another value where one begins. */
    private void value(StringBuilder text, String piece) {
        int colon = text.indexOf(":", random.nextInt(text.length()));
        int end = text.indexOf(",", colon);
        if (colon >= 0) {
            text.replace(colon + 1, end < 0 ? Math.min(text.length(), colon + 4) : end, piece);
        }
    }
}
