package dev.laurel.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.registry.RegistryHttp;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests as chance will have them: none may be answered with an error of the server's own, and none with anything but JSON. As many as
 * {@code laurel.fuzz.requests} says, from the seed {@code laurel.fuzz.seed}.
 */
class FuzzTest {
    private static final int REQUESTS = Integer.getInteger("laurel.fuzz.requests", 10_000);
    private static final long SEED = Long.getLong("laurel.fuzz.seed", 20_261_129);
    private static final int ENOUGH = 10;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What is there for people and for Prometheus. */
    private static final List<String> NO_JSON =
            List.of("text/html", "text/javascript", "text/css", "text/plain", "application/octet-stream");

    private static final String VALID =
            "{\"threshold\": 0.4, \"features\": [{\"volatility_3\": 0.01, \"return_1\": -0.02, \"average_3\": 2800}]}";

    private static final String TENSOR =
            "{\"id\": \"a\", \"parameters\": {\"threshold\": 0.4}, \"inputs\": [{\"name\": \"features\", \"datatype\": \"FP64\", "
                    + "\"shape\": [1, 3], \"data\": [-0.02, 2800, 0.01]}], \"outputs\": [{\"name\": \"label\"}]}";

    private static final String BYTES =
            "{\"parameters\": {\"binary_data_output\": true}, \"inputs\": [{\"name\": \"features\", \"datatype\": \"FP32\", "
                    + "\"shape\": [1, 3], \"parameters\": {\"binary_data_size\": 12}}]}";

    private static final String SPLIT =
            "{\"params\": {\"threshold\": 0.4}, \"dataframe_split\": {\"columns\": [\"date\", \"close\"], \"data\": [[\"2020-04-01\", 1], "
                    + "[\"2020-04-02\", 2], [\"2020-04-03\", 3], [\"2020-04-04\", 4]]}}";

    private static final String CSV = "date,close\n2020-04-01,1\n2020-04-02,2.5\n2020-04-03,3\n2020-04-04,4e3\n";

    @TempDir
    Path folder;

    Showcase showcase;
    private final Random random = new Random(SEED);

    @BeforeEach
    void serve() {
        showcase = Showcase.in(folder);
        showcase.champion(1);
        showcase.serving(new RegistryHttp(showcase.registry).servlets());
        await().until(() -> showcase.get("/predictionForTomorrow").statusCode() == 200);
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @Test
    void nothingIsAnErrorOfTheServersOwnAndEverythingIsJson() {
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < REQUESTS && softly.errorsCollected().size() < ENOUGH; i++) {
            byte[] request = request();
            int number = i;
            softly.check(() ->
                    check(number, request, RawClient.exchange(showcase.server().port(), request)));
        }
        softly.assertAll();
        assertThat(showcase.get("/predictionForTomorrow").statusCode()).isEqualTo(200);
    }

    private static void check(int number, byte[] request, String answer) {
        String about = "request %d of seed %d: %s%nanswer: %s"
                .formatted(number, SEED, shown(new String(request, ISO_8859_1)), shown(answer));
        assertThat(answer).as(about).matches("(?s)HTTP/1\\.1 [1-4]\\d\\d .*");
        String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
        String body = answer.substring(head.length() + 4);
        String type = head.lines()
                .filter(line -> line.regionMatches(true, 0, "Content-Type: ", 0, 14))
                .map(line -> line.substring(14))
                .findFirst()
                .orElse("none");
        boolean ok = answer.startsWith("HTTP/1.1 200 ");
        if (body.isEmpty() || (ok && NO_JSON.stream().anyMatch(type::startsWith))) {
            return;
        }
        assertThat(type)
                .as(about)
                .matches(ok ? "application/json.*" : "application/((problem|vnd\\.git-lfs)\\+)?json.*");
        JsonNode json = parsed(body, about);
        if (!ok) {
            assertThat(json.toString())
                    .as(about)
                    .doesNotContainIgnoringCase(
                            "exception", "jetty", "jackson", "javalin", "java.", "org.", "Feature.");
        }
    }

    private static JsonNode parsed(String body, String about) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(about, e);
        }
    }

    private static String shown(String text) {
        String printable = text.replaceAll("[^\\n\\x20-\\x7e]", "?");
        return printable.length() < 1_500 ? printable : printable.substring(0, 1_500) + "...";
    }

    private byte[] request() {
        return switch (random.nextInt(9)) {
            case 5, 6 -> inference();
            case 7 -> scoring();
            case 8 ->
                request(
                        "GET",
                        pick("/predict?", "/models/spy-direction/predict?")
                                + pick("", "date=2020-04-20&close=2800&")
                                + query(),
                        headers(1),
                        new byte[0]);
            case 0, 1 ->
                request(pick("POST", "POST", "POST", "PUT"), "/models/spy-direction/predict", headers(1), body());
            case 2 -> request("GET", "/predictionForTomorrow?" + query(), headers(1), new byte[0]);
            case 3 -> request(method(), path(), headers(2), random.nextInt(3) == 0 ? body() : new byte[0]);
            default ->
                random.nextBoolean()
                        ? request(method(), "/models/spy-direction/predict", headers(6), body())
                        : request("POST", "/git/models.git/info/lfs/objects/batch", lfs() + headers(1), body());
        };
    }

    private byte[] inference() {
        String target = pick("/v2/models/spy-direction/infer", "/v2/models/spy-direction/versions/1/infer");
        if (random.nextBoolean()) {
            return request("POST", target, headers(1), changed(TENSOR));
        }
        byte[] head = random.nextInt(3) > 0 ? BYTES.getBytes(UTF_8) : changed(BYTES);
        byte[] tensor = new byte[pick(12, 12, 12, 0, 11, 13, 24)];
        random.nextBytes(tensor);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(head);
        body.writeBytes(tensor);
        String length =
                pick(Integer.toString(head.length), Integer.toString(head.length), "0", "-1", "99999999999", "a", "");
        return request(
                "POST", target, "Inference-Header-Content-Length: " + length + "\r\n" + headers(1), body.toByteArray());
    }

    private byte[] scoring() {
        String target = pick("/models/spy-direction/invocations", "/invocations");
        return random.nextBoolean()
                ? request("POST", target, "Content-Type: application/json\r\n" + headers(1), changed(SPLIT))
                : request("POST", target, "Content-Type: text/csv\r\n" + headers(1), changed(CSV));
    }

    /** A valid document with something else in it. */
    private byte[] changed(String valid) {
        int at = random.nextInt(valid.length());
        int end = at + random.nextInt(Math.min(12, valid.length() - at));
        String document = switch (random.nextInt(6)) {
            case 0 -> valid;
            case 1 -> valid.substring(0, at);
            case 2 -> valid.substring(0, at) + text() + valid.substring(end);
            case 3 -> valid.replaceFirst("[0-9.]+", number());
            case 4 -> valid.substring(0, at) + value(3) + valid.substring(end);
            default -> valid.substring(0, at) + valid.substring(end);
        };
        return document.getBytes(charset());
    }

    private byte[] request(String method, String target, String headers, byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean chunked = random.nextInt(4) == 0;
        String length = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length;
        String head =
                method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + length;
        bytes.writeBytes((head + "\r\n\r\n").getBytes(random.nextBoolean() ? UTF_8 : ISO_8859_1));
        if (chunked && body.length > 0) {
            bytes.writeBytes((Integer.toHexString(body.length) + "\r\n").getBytes(UTF_8));
        }
        bytes.writeBytes(body);
        if (chunked) {
            bytes.writeBytes((body.length > 0 ? "\r\n0\r\n\r\n" : "0\r\n\r\n").getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private byte[] body() {
        byte[] bytes = document().getBytes(charset());
        for (int i = random.nextInt(6) == 0 ? 1 + random.nextInt(8) : 0; i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private Charset charset() {
        return random.nextInt(10) == 0 ? pick(UTF_16, ISO_8859_1, Charset.forName("UTF-32")) : UTF_8;
    }

    private String document() {
        return switch (random.nextInt(10)) {
            case 0 -> VALID.substring(0, random.nextInt(VALID.length()));
            case 1 -> VALID.replace(pick("0.4", "0.01", "2800", "-0.02"), number());
            case 2 -> VALID.replace(pick("threshold", "features", "return_1", "average_3"), text());
            case 3 ->
                VALID.replace(pick("{", "}", "[", "]", ":", ",", "\""), pick("", "{", "}", "[", "]", ",", "\"\""));
            case 4 -> "{\"" + pick("rows", "features") + "\": " + value(6) + "}";
            case 5 -> pick("[", "{\"a\":").repeat(random.nextInt(3_000));
            case 6 -> "{\"rows\": [{\"date\": \"" + text() + "\", \"close\": " + number() + "}]}";
            case 7 -> value(5);
            case 8 -> text();
            default -> VALID;
        };
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> number();
            case 1 -> "\"" + text() + "\"";
            case 2 ->
                pick("null", "true", "false", "NaN", "Infinity", "-Infinity", "nul", "undefined", "'a'", "/* a */ 1");
            case 3 -> "{\"" + text() + "\": " + number() + "}";
            case 4 -> pick("[]", "{}", "\"\"", "[,]", "{,}", "");
            case 5 -> "[" + value(depth - 1) + ", " + value(depth - 1) + "]";
            default -> "{\"" + pick("date", "close", "return_1", "a") + "\": " + value(depth - 1) + "}";
        };
    }

    private String number() {
        String digits = Integer.toString(random.nextInt(10)).repeat(pick(1, 3, 30, 99, 101, 1_001, 20_000));
        return pick("", "", "-", "+")
                + switch (random.nextInt(7)) {
                    case 0 -> digits;
                    case 1 -> "1." + digits;
                    case 2 -> "0." + digits + "e" + pick("", "-") + random.nextInt(2_000);
                    case 3 ->
                        pick(
                                "1e400",
                                "1e-400",
                                "1e2147483648",
                                "1E99999999999",
                                "0x10",
                                "1_000",
                                "1.",
                                ".1",
                                "01",
                                "1e");
                    case 4 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
                    case 5 -> Long.toString(random.nextLong());
                    default -> Double.toString(random.nextGaussian());
                };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(
                    switch (random.nextInt(8)) {
                        case 0 -> pick("\\u0000", "\\ud800", "\\x", "\\", "\\n", "\t", "\n", "\u0000", "\u2028");
                        case 1 -> new String(Character.toChars(random.nextInt(0xD000)));
                        case 2 -> "a".repeat(pick(1, 1_000, 1_001, 100_001));
                        case 3 -> pick("spy-direction", "v1", "close", "2020-01-01", "İ", "\uD83C\uDF3F");
                        default -> Character.toString(' ' + random.nextInt(95));
                    });
        }
        return text.toString();
    }

    private String query() {
        StringBuilder query = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            query.append(pick(
                            "threshold",
                            "model",
                            "model_version",
                            "close",
                            "date",
                            "thresh%6fld",
                            "%zz",
                            "",
                            "threshold[]",
                            visible(6)))
                    .append(pick("=", "=", "=", "", "=="))
                    .append(pick(
                            "0.3",
                            "2020-04-20",
                            "spy-direction",
                            "NaN",
                            "1e5",
                            "%",
                            "%2",
                            "%c3%28",
                            "+",
                            "%00",
                            visible(20),
                            number()))
                    .append(pick("&", "&", ";", "&&", "#"));
        }
        return query.toString();
    }

    /** Never nothing: a line without a path is one of HTTP/0.9, and refused by that name, 505. */
    private String path() {
        StringBuilder path =
                new StringBuilder(pick("/", "/", "/", "//", "models", "/./", "/../", "http://localhost/", "*"));
        for (int i = random.nextInt(6); i > 0; i--) {
            path.append(pick(
                            "models",
                            "spy-direction",
                            "predict",
                            "status",
                            "git",
                            "models.git",
                            "info",
                            "lfs",
                            "objects",
                            "batch",
                            "predictionForTomorrow",
                            "healthz",
                            "v2",
                            "infer",
                            "ready",
                            "versions",
                            "invocations",
                            "ping",
                            "docs",
                            "openapi.json",
                            "page.js",
                            "..",
                            ".",
                            "%2e%2e",
                            "%2f",
                            "%5c",
                            "%00",
                            "%zz",
                            ";a=b",
                            "%25",
                            visible(8),
                            "a".repeat(pick(10, 9_000))))
                    .append(pick("/", "/", "/", "", "//", "?", "%2f"));
        }
        return path.toString();
    }

    private String method() {
        return pick(
                "GET", "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "BREW", "get", visible(5));
    }

    private static String lfs() {
        return "Accept: application/vnd.git-lfs+json\r\nContent-Type: application/vnd.git-lfs+json\r\n";
    }

    private String headers(int most) {
        StringBuilder headers = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            headers.append(pick(
                            "Content-Type",
                            "Accept",
                            "Accept-Encoding",
                            "Content-Encoding",
                            "Range",
                            "If-None-Match",
                            "Cookie",
                            "Expect",
                            "Upgrade",
                            "Connection",
                            "Origin",
                            "Sec-Fetch-Site",
                            "Authorization",
                            "X-Forwarded-For",
                            "X-HTTP-Method-Override",
                            "TE",
                            "Trailer",
                            "Accept-Language",
                            "Content-Language",
                            "User-Agent",
                            "Date",
                            "If-Modified-Since",
                            "Forwarded",
                            "Host",
                            "Content-Length",
                            "Transfer-Encoding",
                            "Sec-WebSocket-Key",
                            "HTTP2-Settings",
                            visible(10)))
                    .append(pick(": ", ": ", ": ", ":", " : ", ""))
                    .append(pick(
                            "application/json",
                            "text/plain; charset=nonsense",
                            "multipart/form-data; boundary=a",
                            "multipart/form-data",
                            "application/x-www-form-urlencoded",
                            "gzip",
                            "br;q=x",
                            "bytes=0-1,9-",
                            "100-continue",
                            "websocket",
                            "h2c",
                            "upgrade",
                            "http://localhost",
                            "null",
                            "cross-site",
                            "Basic !!!",
                            "Bearer a",
                            "a=b; c=\"d",
                            "0",
                            "-1",
                            "99999999999999999999",
                            "chunked",
                            "identity",
                            "localhost",
                            "[::1",
                            "evil.example.com",
                            "*/*;q=-1",
                            "\u00e9\u4e2d",
                            "",
                            visible(30),
                            "a".repeat(pick(100, 9_000))))
                    .append("\r\n");
        }
        return headers.toString();
    }

    private String visible(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            text.append((char) ('!' + random.nextInt(94)));
        }
        return text.toString();
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
