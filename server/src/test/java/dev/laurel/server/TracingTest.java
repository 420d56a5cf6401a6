package dev.laurel.server;

import static dev.laurel.server.Showcase.PETALS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.laurel.model.InvalidValueException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spans, as a collector receives them. */
class TracingTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    Path folder;

    @Test
    void spansOfALoadAndOfARequestArriveAtACollector() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try (Showcase showcase = Showcase.in(folder, PETALS)) {
            showcase.champion(PETALS, 1);
            showcase.servingWith(Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "http://127.0.0.1:" + collector.getAddress().getPort(),
                    "OTEL_BSP_SCHEDULE_DELAY",
                    "50",
                    "OTEL_SERVICE_NAME",
                    "flower-shop"));
            await().until(() -> showcase.get("/readyz").statusCode() == 200);
            HttpResponse<String> answer = showcase.send(HttpRequest.newBuilder(showcase.uri("/models/petals/predict"))
                    .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                    .POST(BodyPublishers.ofString("{\"features\": [5.1, 3.5, 1.4, 0.2]}"))
                    .build());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("traceparent").orElseThrow())
                    .matches("00-" + TRACE + "-(?!00f067aa0ba902b7)[0-9a-f]{16}-01");
            String trace = new String(HexFormat.of().parseHex(TRACE), ISO_8859_1);
            await().untilAsserted(() -> assertThat(String.join("", received))
                    .contains("flower-shop", "load", "features", "predict", "POST /models/{name}/predict", trace));
            assertThat(showcase.get("/models").headers().firstValue("traceparent"))
                    .isPresent();
        } finally {
            collector.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"OTEL_EXPORTER_OTLP_ENDPOINT, nonsense", "OTEL_BSP_SCHEDULE_DELAY, soon"})
    void whatOpenTelemetryDoesNotTakeStopsTheStart(String name, String value) throws Exception {
        Map<String, String> variables = new HashMap<>(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"));
        variables.put(name, value);
        try (Showcase showcase = Showcase.in(folder, PETALS)) {
            assertThatThrownBy(() -> showcase.servingWith(variables))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageStartingWith("OTEL_*: ")
                    .hasMessageContaining(value);
        }
    }

    @Test
    void whatHeadersSayIsNotSaid() throws Exception {
        Map<String, String> variables = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1", "OTEL_EXPORTER_OTLP_HEADERS", "a-secret-token");
        try (Showcase showcase = Showcase.in(folder, PETALS)) {
            assertThatThrownBy(() -> showcase.servingWith(variables))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageStartingWith("OTEL_*: ")
                    .hasMessageContaining("headers")
                    .hasMessageNotContaining("secret");
        }
    }
}
