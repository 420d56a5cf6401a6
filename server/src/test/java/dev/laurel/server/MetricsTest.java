package dev.laurel.server;

import static dev.laurel.server.Showcase.PETALS;
import static dev.laurel.server.Showcase.SPY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    private static final String FLOWER = "{\"features\": [5.1, 3.5, 1.4, 0.2]}";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    static Path folder;

    static Showcase showcase;

    @BeforeAll
    static void serve() {
        showcase = Showcase.in(folder, SPY, PETALS);
        showcase.champion(SPY, 1);
        showcase.champion(PETALS, 2);
        showcase.serving();
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
    }

    @AfterAll
    static void close() {
        showcase.close();
    }

    private static String metrics() {
        return showcase.get("/metrics").body();
    }

    @Test
    void requestsAreCountedByWhatCameOfThem() {
        showcase.post("/models/petals/predict", FLOWER);
        showcase.post("/models/petals/predict", "{\"features\": [5.1]}");
        showcase.post("/models/petals/predict", "{\"features\": [5.1, 3.5, 1.4, 0.2], \"model_version\": \"v9\"}");

        for (String outcome : new String[] {"answered", "invalid", "other_version"}) {
            assertThat(metrics())
                    .containsPattern("prediction_requests_total\\{model=\"petals\",outcome=\"" + outcome
                            + "\",role=\"champion\",version=\"v1\"} [1-9]");
        }
        assertThat(metrics())
                .containsPattern(
                        "prediction_latency_seconds_count\\{model=\"petals\",role=\"champion\",version=\"v1\"} [1-9]");
    }

    @Test
    void aModelThatIsNotThereMakesNoSeries() {
        showcase.post("/models/nobodys-model/predict", FLOWER);
        showcase.post("/v2/models/nobodys-model/infer", "{}");
        showcase.get("/models/nobodys-model");

        assertThat(metrics()).doesNotContain("nobodys");
    }

    @Test
    void saysWhatAnswersAndWhatWaits() {
        assertThat(metrics())
                .contains("active_model_version{model=\"petals\",role=\"champion\"} 1.0")
                .contains("laurel_requests_waiting 0.0", "laurel_requests_active ")
                .containsPattern(
                        "model_load_time_seconds\\{model=\"petals\",role=\"champion\",version=\"v1\"} [0-9.E-]+")
                .containsPattern("laurel_pin_age_seconds\\{model=\"petals\",role=\"champion\"} [0-9.E-]+")
                .contains("laurel_load_failures_total{model=\"petals\"} 0.0", "jvm_memory_used_bytes");
    }

    @Test
    void saysWhatTheModelsRepositorySaysOfPinsAndReports() {
        String commit = showcase.registry.head().commit().substring(0, 10);

        await().untilAsserted(() -> assertThat(metrics())
                .contains("laurel_pin_version{model=\"petals\"} 1.0", "laurel_pins_readable 1.0")
                .containsPattern("laurel_pin_changed_timestamp_seconds\\{commit=\"" + commit
                        + "\",direction=\"raised\",model=\"petals\",version=\"v1\"} 1\\.[0-9]+E9")
                .containsPattern("laurel_version_registered_timestamp_seconds\\{model=\"petals\"} 1\\.[0-9]+E9")
                .doesNotContain("laurel_hold_since", "laurel_challenger_since"));
    }

    @Test
    void anExemplarNamesARequest() {
        HttpResponse<String> answer =
                showcase.send(HttpRequest.newBuilder(showcase.uri("/models/spy-direction/predict"))
                        .header("X-Request-Id", "order-66")
                        .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                        .POST(BodyPublishers.ofString("{}"))
                        .build());
        assertThat(answer.headers().firstValue("traceparent")).contains("00-" + TRACE + "-00f067aa0ba902b7-01");

        HttpResponse<String> scrape = showcase.send(HttpRequest.newBuilder(showcase.uri("/metrics"))
                .header("Accept", "application/openmetrics-text; version=1.0.0, text/plain;q=0.5")
                .build());
        assertThat(scrape.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/openmetrics-text");
        assertThat(scrape.body()
                        .lines()
                        .filter(line -> line.startsWith("prediction_latency_seconds_bucket{model=\"spy-direction\"")
                                || line.startsWith("prediction_requests_total{model=\"spy-direction\"")))
                .anyMatch(line -> line.contains("request_id=\"order-66\"") && line.contains("trace_id=\"" + TRACE));
        // An exemplar at any other place fails the whole scrape of Prometheus 2.
        assertThat(scrape.body().lines().filter(line -> line.contains(" # {")))
                .allMatch(line -> line.matches("[a-z_]+(_bucket|_total)\\{.*"));
        assertThat(metrics()).doesNotContain("order-66");
    }

    @Test
    void withoutOneNoTraceIsMadeUp() {
        assertThat(showcase.get("/models").headers().firstValue("traceparent")).isEmpty();
    }
}
