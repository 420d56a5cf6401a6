package dev.laurel.server;

import static dev.laurel.server.PredictionTest.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.registry.RegistryHttp;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are long, slow, or both. */
class BodiesTest {
    private static final String PREDICT = "/models/spy-direction/predict";
    private static final String TOO_LARGE = "body: too large (expected: at most 1000000 bytes)";

    /** 10,000 need twice as many open files. */
    private static final int SLOW = Integer.getInteger("laurel.slow.senders", 600);

    @TempDir
    Path folder;

    Showcase showcase;

    @BeforeEach
    void serve() {
        showcase = Showcase.in(folder);
        showcase.champion(1);
        Map<String, HttpServlet> servlets = new TreeMap<>(new RegistryHttp(showcase.registry).servlets());
        servlets.put("/git/echo", new Echo());
        showcase.serving(servlets);
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000_001, 9_000_000, 50_000_000})
    void aBodyOverTheLimitIsAnsweredWithTheLimit(int length) {
        byte[] body = body(length);

        assertProblem(
                showcase.send(HttpRequest.newBuilder(showcase.uri(PREDICT))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build()),
                413,
                TOO_LARGE);
        assertProblem(
                showcase.send(HttpRequest.newBuilder(showcase.uri(PREDICT))
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                        .build()),
                413,
                TOO_LARGE);
    }

    @Test
    void theAnswerIsReadAfterEverythingWasSent() {
        byte[] body = body(20_000_000);
        try (RawClient client = RawClient.to(port())) {
            String answer = client.header(post(PREDICT, "Content-Length: " + body.length))
                    .send(body)
                    .answer();

            assertThat(answer).startsWith("HTTP/1.1 413 ").contains(TOO_LARGE).contains("Connection: close");
        }
    }

    @Test
    void whoAsksBeforeItSendsIsToldAtOnce() {
        try (RawClient client = RawClient.to(port())) {
            String answer = client.header(post(PREDICT, "Expect: 100-continue", "Content-Length: 5000000"))
                    .answer();

            assertThat(answer).startsWith("HTTP/1.1 413 ").contains(TOO_LARGE);
        }
    }

    @Test
    void whoAsksBeforeItSendsASmallBodyIsToldToGoOn() {
        HttpResponse<String> answer = showcase.send(HttpRequest.newBuilder(showcase.uri(PREDICT))
                .expectContinue(true)
                .POST(BodyPublishers.ofString("{}"))
                .build());

        assertProblem(answer, 400, "body: neither rows nor features (expected: one of the two)");
    }

    @Test
    void aBodyMayComeByteByByte() {
        byte[] body = "{\"features\": []}".getBytes(UTF_8);
        try (RawClient client = RawClient.to(port())) {
            client.header(post(PREDICT, "Content-Length: " + body.length, "Connection: close"));
            for (byte each : body) {
                client.send(new byte[] {each});
            }

            assertThat(client.answer())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("features: empty array (expected: a list, not empty)");
        }
    }

    @Test
    void gitsBodiesComeWhole() {
        for (int length : new int[] {0, 1, 4_095, 4_096, 4_097, 3_000_000}) {
            byte[] body = body(length);
            for (HttpRequest.BodyPublisher publisher : List.of(
                    BodyPublishers.ofByteArray(body),
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))) {
                HttpResponse<String> answer = showcase.send(HttpRequest.newBuilder(showcase.uri("/git/echo"))
                        .POST(publisher)
                        .build());

                assertThat(answer.body()).as("%d bytes", length).isEqualTo(length + " " + Arrays.hashCode(body));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PREDICT, "/git/models.git/git-receive-pack", "/no/such/path"})
    void sendersThatStopHoldNoThread(String path) {
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 600; i++) {
                slow.add(RawClient.to(port())
                        .header(post(path, "Content-Length: 1000"))
                        .send("{"));
            }
            long[] times = new long[200];
            for (int i = 0; i < times.length; i++) {
                long start = System.nanoTime();
                assertThat(showcase.get("/predictionForTomorrow").statusCode()).isEqualTo(200);
                times[i] = System.nanoTime() - start;
            }
            Arrays.sort(times);

            // Who waited for a thread would wait for the end of a sender's patience.
            assertThat(Duration.ofNanos(times[times.length * 99 / 100])).isLessThan(Duration.ofSeconds(2));
            // Git's too.
            assertThat(showcase.get("/git/models.git/info/refs?service=git-upload-pack")
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            slow.forEach(RawClient::close);
        }
    }

    @Test
    void whatDoesNotComeToItsEndIsTimedOut() {
        try (RawClient header = RawClient.to(port());
                RawClient body = RawClient.to(port());
                RawClient push = RawClient.to(port())) {
            header.send("GET /models HTTP/1.1\r\nHost: localhost\r\nX-");
            body.header(post(PREDICT, "Content-Length: 1000")).send("{\"rows\"");
            push.header(post("/git/models.git/git-receive-pack", "Transfer-Encoding: chunked"))
                    .send("3\r\nabc\r\n");

            assertThat(header.answer())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("application/problem+json")
                    .contains("header: not whole after 10 s (expected: all of it by then)");
            assertThat(body.answer())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("application/problem+json")
                    .contains("body: 7 bytes in 10 s (expected: all of it by then)");
            assertThat(push.answer())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("body: 3 bytes in 10 s (expected: all of it by then)");
        }
    }

    @Test
    void oneAddressHasABoundedNumberOfConnections() {
        List<RawClient> many = new ArrayList<>();
        try {
            for (int i = 0; i < 1_024; i++) {
                many.add(RawClient.to(port(), "127.0.0.2"));
            }
            try (RawClient oneMore = RawClient.to(port(), "127.0.0.2")) {
                assertThat(oneMore.answer()).isEmpty();
            }
            assertThat(showcase.get("/healthz").statusCode()).isEqualTo(200);
            many.remove(0).close();
            await().untilAsserted(() -> {
                try (RawClient again = RawClient.to(port(), "127.0.0.2")) {
                    assertThat(again.header("GET /healthz HTTP/1.1", "Host: localhost", "Connection: close")
                                    .answer())
                            .startsWith("HTTP/1.1 200 ");
                }
            });
        } finally {
            many.forEach(RawClient::close);
        }
    }

    private int port() {
        return showcase.server().port();
    }

    private static String[] post(String path, String... more) {
        List<String> lines = new ArrayList<>(List.of("POST " + path + " HTTP/1.1", "Host: localhost"));
        lines.addAll(List.of(more));
        return lines.toArray(String[]::new);
    }

    private static byte[] body(int length) {
        byte[] body = new byte[length];
        for (int i = 0; i < length; i++) {
            body[i] = (byte) ('a' + i % 23);
        }
        return body;
    }

    /** Says what came. */
    private static final class Echo extends HttpServlet {
        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] body = request.getInputStream().readAllBytes();
            response.getWriter().print(body.length + " " + Arrays.hashCode(body));
        }
    }
}
