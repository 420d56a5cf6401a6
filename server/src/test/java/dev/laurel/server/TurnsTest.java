package dev.laurel.server;

import static dev.laurel.server.PredictionTest.assertProblem;
import static dev.laurel.server.Showcase.PETALS;
import static dev.laurel.server.Showcase.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More requests than are worked on at one time. */
class TurnsTest {
    @TempDir
    Path folder;

    private final CountDownLatch finish = new CountDownLatch(1);
    private Showcase showcase;

    /** Is answered when the test says so. */
    private final class Slow extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            try {
                assertThat(finish.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void serve(String waiting) {
        showcase = Showcase.in(folder, PETALS)
                .serving(
                        new ServerSettings(
                                "127.0.0.1",
                                0,
                                PRODUCTION,
                                null,
                                "",
                                Map.of("LAUREL_LIMIT_REQUESTS", "1", "LAUREL_LIMIT_WAITING", waiting)),
                        Map.of("/slow", new Slow()));
    }

    @AfterEach
    void close() {
        finish.countDown();
        showcase.close();
    }

    private CompletableFuture<HttpResponse<String>> get(String path) {
        return CompletableFuture.supplyAsync(() -> showcase.get(path));
    }

    private boolean metricsSay(String line) {
        return showcase.get("/metrics").body().lines().anyMatch(line::equals);
    }

    @Test
    void whereNobodyMayWaitTheNextIsToldToComeAgain() throws Exception {
        serve("0");
        CompletableFuture<HttpResponse<String>> first = get("/slow");
        await().until(() -> showcase.get("/models").statusCode() == 503);
        HttpResponse<String> refused = showcase.get("/models");

        assertProblem(refused, 503, "requests: too many just now (expected: fewer); try again");
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(showcase.get("/healthz").statusCode()).isEqualTo(200);
        finish.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(showcase.get("/models").statusCode()).isEqualTo(200);
    }

    @Test
    void whoMayWaitIsAnsweredWhenItsTurnHasCome() throws Exception {
        serve("1");
        CompletableFuture<HttpResponse<String>> first = get("/slow");
        CompletableFuture<HttpResponse<String>> second = get("/slow");
        await().until(() -> metricsSay("laurel_requests_waiting 1.0"));

        assertThat(showcase.get("/models").statusCode()).isEqualTo(503);
        assertThat(metricsSay("laurel_requests_active 1.0")).isTrue();
        finish.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(second.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
}
