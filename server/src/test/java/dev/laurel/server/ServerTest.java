package dev.laurel.server;

import static dev.laurel.server.PredictionTest.assertProblem;
import static dev.laurel.server.Showcase.PRODUCTION;
import static dev.laurel.server.Showcase.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTest {
    @TempDir
    Path folder;

    Showcase showcase;

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder);
    }

    @AfterEach
    void close() {
        showcase.close();
    }

    @Test
    void aPathThatIsNotThereIsAProblem() {
        showcase.serving();

        assertProblem(
                showcase.get("/predictionForYesterday"),
                404,
                "/predictionForYesterday: nothing is here (expected: a path such as /models; / shows what there is)");
    }

    @Test
    void aMethodThatAPathDoesNotHaveIsAProblem() {
        showcase.serving();
        HttpResponse<String> answer = showcase.send(HttpRequest.newBuilder(showcase.uri("/models"))
                .method("DELETE", BodyPublishers.noBody())
                .build());

        assertProblem(answer, 405, "method: DELETE (expected: GET)");
        assertThat(answer.headers().firstValue("Allow")).contains("GET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /models/%zz HTTP/1.1",
                "GET /models/..%2f..%2fetc HTTP/1.1",
                "GET nowhere HTTP/1.1",
                "GET /models HTTP/9.9"
            })
    void whatJettyRefusesIsAProblemToo(String request) throws IOException {
        showcase.serving();
        String answer = raw(request);

        assertThat(answer).startsWith("HTTP/1.1 ").contains("application/problem+json", "\"status\":");
        assertThat(answer.toLowerCase()).doesNotContain("jetty", "exception", "<html");
    }

    @Test
    void anErrorOfTheServersOwnTellsNothingButWhereToLook() throws IOException {
        showcase.champion(1);
        showcase.serving();
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
        // The server has the model, but can no longer read the history of its pin.
        try (Stream<Path> files = Files.walk(folder.resolve("models.git"))) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> assertThat(file.toFile().delete()).isTrue());
        }
        HttpResponse<String> answer = showcase.get("/models/spy-direction");

        assertThat(answer.statusCode()).isEqualTo(500);
        JsonNode problem = json(answer);
        assertThat(problem.get("log_id").asText()).matches("[0-9a-f]{8}");
        assertThat(problem.get("detail").asText())
                .isEqualTo("an error of the server's own; its log says more under "
                        + problem.get("log_id").asText());
        assertThat(showcase.get("/predictionForTomorrow").statusCode()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(showcase.get("/readyz").body()).contains("the pins cannot be read"));
    }

    @Test
    void everyAnswerForbidsForeignScriptsFramesAndGuesses() {
        showcase.serving();

        for (String path : List.of("/", "/page.js", "/page.css", "/models", "/nothing")) {
            assertThat(showcase.get(path).headers().map())
                    .as(path)
                    .containsEntry("X-Content-Type-Options", List.of("nosniff"))
                    .containsEntry("Referrer-Policy", List.of("no-referrer"))
                    .doesNotContainKey("Server")
                    .extractingByKey("Content-Security-Policy")
                    .asString()
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
        }
    }

    @Test
    void measuresRequestsByRouteAndNeverByPath() {
        showcase.champion(1);
        showcase.serving(Map.of("/git/*", new Late(new CountDownLatch(0))));
        await().until(() -> showcase.get("/predictionForTomorrow").statusCode() == 200);
        showcase.get("/models/spy-direction");
        showcase.get("/models/gold");
        showcase.get("/no/such/path");
        showcase.get("/git/models.git/info/refs");
        showcase.send(HttpRequest.newBuilder(showcase.uri("/models"))
                .method("BREW", BodyPublishers.noBody())
                .build());

        await().untilAsserted(() -> assertThat(showcase.get("/metrics").body())
                .contains(
                        request("GET", "/models/{name}", 200),
                        request("GET", "/models/{name}", 404),
                        request("GET", "unmatched", 404),
                        request("GET", "/git/*", 200))
                .containsPattern("laurel_http_requests_seconds_count\\{method=\"other\"")
                .contains("laurel_predictions_total{label=", "laurel_load_failures_total{model=\"spy-direction\"} 0.0")
                .contains("laurel_model_synced{model=\"spy-direction\"} 1.0")
                .contains("laurel_rows_stale{model=\"spy-direction\"} 1.0")
                .containsPattern("laurel_rows_age_seconds\\{model=\"spy-direction\"} [1-9.E+]+")
                .contains("jvm_memory_used_bytes", "laurel_http_requests_seconds_bucket")
                .doesNotContain("/no/such/path", "gold", "BREW"));
        assertThat(showcase.get("/metrics").headers().firstValue("Content-Type"))
                .contains("text/plain; version=0.0.4; charset=utf-8");
    }

    private static String request(String method, String route, int status) {
        return "laurel_http_requests_seconds_count{method=\"%s\",route=\"%s\",status=\"%d\"}"
                .formatted(method, route, status);
    }

    @Test
    void rowsThatCannotBeHadYetAreUnavailable() {
        String yahoo = "{kind: yahoo, ticker: SPY, interval: 1d}";
        try (Showcase other = Showcase.in(folder.resolve("other"))) {
            other.registerWithSource(1, yahoo);
            other.promote(1);
            other.serving();

            await().untilAsserted(
                            () -> assertThat(other.get("/predictionForTomorrow").body())
                                    .contains("rows: none yet (expected: those of the model's source).", "offline"));
            assertThat(other.get("/predictionForTomorrow").statusCode()).isEqualTo(503);
            assertThat(other.get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPortInUseIsNamedWithARemedy() {
        showcase.serving();
        ServerSettings taken = new ServerSettings("127.0.0.1", showcase.server().port(), PRODUCTION);

        assertThatThrownBy(() -> PredictionServer.start(taken, showcase.registry, showcase.rows, Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "port %d: in use (expected: a free port); stop the other program or choose one with --port",
                        taken.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "nowhere.invalid"})
    void anAddressThatIsNotOfThisMachineIsNamed(String host) {
        ServerSettings foreign = new ServerSettings(host, 0, PRODUCTION);

        assertThatThrownBy(() -> PredictionServer.start(foreign, showcase.registry, showcase.rows, Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("host " + host + ", port 0: ")
                .hasMessageNotContaining("null")
                .hasMessageEndingWith("(expected: an address of this machine and a port that this user may take)");
    }

    @Test
    void closingLetsARequestInFlightFinish() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Late late = new Late(goOn);
        showcase.serving(Map.of("/git/*", late));
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> showcase.get("/git/models.git"));
        late.started.await();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(showcase.server()::close);
        await().until(() -> refusesConnections(showcase.server().port()));
        assertThat(answer).isNotDone();
        goOn.countDown();

        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(answer.get().body()).isEqualTo("late");
        closed.get();
    }

    @Test
    void closingAnIdleServerIsQuick() {
        showcase.serving();
        // Leaves a connection open that nothing is asked over.
        assertThat(showcase.get("/healthz").statusCode()).isEqualTo(200);
        long start = System.nanoTime();
        showcase.server().close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    private static boolean refusesConnections(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", showcase.server().port())) {
            OutputStream out = socket.getOutputStream();
            out.write((request + "\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    /** Answers when it is told to. */
    private static final class Late extends HttpServlet {
        private final CountDownLatch started = new CountDownLatch(1);
        private final CountDownLatch goOn;

        Late(CountDownLatch goOn) {
            this.goOn = goOn;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            started.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            response.getWriter().print("late");
        }
    }
}
