package dev.laurel.server;

import static dev.laurel.server.Showcase.ALICE;
import static dev.laurel.server.Showcase.PRODUCTION;
import static dev.laurel.server.Showcase.SPY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.model.ChallengerMode;
import dev.laurel.model.Version;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that keep their feedback in one PostgreSQL, which may be away. */
class FeedbackServersTest {
    private static final String MODEL = "/models/spy-direction";

    /** As long as a server waits before it tries again, and looks, with some to spare. */
    private static final Duration A_WHILE = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private final List<Socket> accepted = new ArrayList<>();

    int databasePort;
    EmbeddedPostgres postgres;
    Showcase one;
    Showcase two;
    String body;

    @BeforeEach
    void create() throws IOException {
        databasePort = freePort();
        postgres = start();
        one = Showcase.in(folder.resolve("home"));
        one.champion(1);
        one.register(2);
        serve(one);
        two = one.beside();
        serve(two);
        body = one.json(MODEL).path("example").toString();
    }

    @AfterEach
    void close() throws IOException {
        one.close();
        two.close();
        postgres.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** The same one again, with what it kept. */
    private EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setPort(databasePort)
                    .setDataDirectory(folder.resolve("postgres"))
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", "off")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Showcase showcase) {
        serve(showcase, databasePort);
    }

    private void serve(Showcase showcase, int port) {
        showcase.serving();
        await().until(() -> showcase.get("/readyz").statusCode() == 200);
        Map<String, String> environment = Map.of(
                "LAUREL_REPLICAS",
                "2",
                "LAUREL_DATABASE_URL",
                "jdbc:postgresql://127.0.0.1:%s/postgres?user=postgres".formatted(port));
        showcase.server().keepFeedback(folder.resolve("none"), environment);
    }

    @Test
    void whatEitherIsToldOfAnAnswerOfTheOtherCountsOnceAndBothSayTheSame() {
        one.registry.challenge(PRODUCTION, SPY, new Version(2), ChallengerMode.SHADOW, null, "a quiet week", ALICE);
        for (Showcase showcase : List.of(one, two)) {
            await().until(() -> showcase.json(MODEL + "/live").has("challenger"));
        }
        for (int i = 0; i < 12; i++) {
            String said = predict(i % 2 == 0 ? one : two, "r" + i);
            String actual = i % 4 == 0 ? other(said) : said;
            Showcase told = i % 2 == 0 ? two : one;
            // The other server may write its answer later than this is told.
            assertThat(tell(told, "r" + i, actual)).isIn("counted", "unmatched");
            assertThat(tell(i % 3 == 0 ? one : two, "r" + i, actual)).isEqualTo("repeated");
        }
        assertThat(tell(one, "late", "UP")).isEqualTo("unmatched");
        predict(two, "late");
        predict(two, "nobody tells of this one");

        await().atMost(A_WHILE).untilAsserted(() -> {
            JsonNode versions = one.json(MODEL + "/feedback").path("versions");
            assertThat(versions).hasSize(2);
            assertThat(versions.findValuesAsText("rows")).containsExactly("13", "13");
            assertThat(versions.findValuesAsText("waiting")).containsExactly("1", "1");
            assertThat(two.json(MODEL + "/feedback")).isEqualTo(one.json(MODEL + "/feedback"));
            assertThat(one.json(MODEL + "/feedback").path("shared").asBoolean()).isTrue();
        });
        double right = one.json(MODEL + "/feedback")
                        .at("/versions/0/metrics/accuracy/value")
                        .asDouble()
                * 13;
        // Of r0, r4 and r8 the opposite was told; nobody chose what the last one is.
        assertThat(Math.round(right)).isBetween(9L, 10L);
        await().atMost(A_WHILE).untilAsserted(() -> {
            assertThat(scores(one))
                    .hasSize(8)
                    .anyMatch(line -> line.matches("laurel_feedback_rows.*champion.*version=\"v1\".* 13.0"));
            assertThat(scores(two)).isEqualTo(scores(one));
        });
    }

    @Test
    void aRestartOfOneLosesNothing() {
        String said = predict(one, "a");
        predict(one, "b");
        // What nobody has written yet is written before the end.
        one.server().close();
        assertThat(tell(two, "a", said)).isEqualTo("counted");

        serve(one);
        assertThat(tell(one, "a", said)).isEqualTo("repeated");
        assertThat(tell(one, "b", "UP")).isEqualTo("counted");
        for (Showcase showcase : List.of(one, two)) {
            assertThat(showcase.json(MODEL + "/feedback").at("/versions/0/rows").asInt())
                    .isEqualTo(2);
        }
        // Of a model that it has not answered for since.
        await().atMost(A_WHILE).untilAsserted(() -> assertThat(scores(one)).isNotEmpty());
    }

    @Test
    void whileTheDatabaseIsAwayPredictionsGoOnAndTheirAnswersAreKeptLater() throws IOException {
        String before = predict(one, "before");
        assertThat(tell(one, "before", before)).isEqualTo("counted");
        int threads = threads();
        postgres.close();

        List<String> said = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            said.add(predict(i % 2 == 0 ? one : two, "away" + i));
        }
        for (Showcase showcase : List.of(one, two)) {
            HttpResponse<String> refused = told(showcase, "away0", said.get(0));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(Showcase.json(refused).path("detail").asText())
                    .startsWith("database 127.0.0.1:%s/postgres: cannot be reached: ".formatted(databasePort));
            assertThat(showcase.get(MODEL + "/feedback").statusCode()).isEqualTo(503);
            assertThat(showcase.get("/readyz").statusCode()).isEqualTo(200);
            // The page goes on, with what was known.
            assertThat(showcase.get("/status").statusCode()).isEqualTo(200);
        }
        assertThat(threads()).isLessThanOrEqualTo(threads + 5);

        postgres = start();
        for (int i = 0; i < 20; i++) {
            Showcase showcase = i % 2 == 0 ? two : one;
            String id = "away" + i;
            String actual = said.get(i);
            await().atMost(A_WHILE).until(() -> told(showcase, id, actual).statusCode() == 200);
        }
        await().atMost(A_WHILE)
                .untilAsserted(() -> assertThat(one.json(MODEL + "/feedback")
                                .at("/versions/0/rows")
                                .asInt())
                        .isEqualTo(21));
        assertThat(two.json(MODEL + "/feedback")).isEqualTo(one.json(MODEL + "/feedback"));
        assertThat(one.get("/metrics").body()).contains("laurel_feedback_dropped_total 0.0");
    }

    @Test
    void aDatabaseThatTakesConnectionsAndSaysNothingHoldsNobodyUp() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            one.server().close();
            serve(one, mute.getLocalPort());
            predict(one, "a");
            List<CompletableFuture<HttpResponse<String>>> tellings = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> told(one, "a", "UP")))
                    .limit(8)
                    .toList();
            predict(one, "b");
            assertThat(tellings)
                    .allSatisfy(
                            telling -> assertThat(telling.join().statusCode()).isEqualTo(503));
            predict(one, "c");

            // More than one attempt, and each of them ended.
            await().atMost(A_WHILE).until(() -> tries(mute) >= 2);
            await().atMost(A_WHILE).until(() -> waitingForDatabases() <= 1);
        }
    }

    /** How many connections came in until now. */
    private int tries(ServerSocket mute) throws IOException {
        mute.setSoTimeout(100);
        try {
            while (true) {
                accepted.add(mute.accept());
            }
        } catch (SocketTimeoutException none) {
            return accepted.size();
        }
    }

    private static long waitingForDatabases() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("JDBC"))
                .count();
    }

    private static int threads() {
        return Thread.getAllStackTraces().size();
    }

    /** The label. */
    private String predict(Showcase showcase, String id) {
        HttpResponse<String> answer = showcase.post(MODEL + "/predict", body, "X-Request-Id", id);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Showcase.json(answer).at("/predictions/0/prediction").asText();
    }

    private static String other(String label) {
        return label.equals("UP") ? "DOWN" : "UP";
    }

    private static HttpResponse<String> told(Showcase showcase, String id, String actual) {
        return showcase.post(MODEL + "/feedback", "{\"request_id\": \"%s\", \"actual\": \"%s\"}".formatted(id, actual));
    }

    /** The outcome. */
    private static String tell(Showcase showcase, String id, String actual) {
        HttpResponse<String> answer = told(showcase, id, actual);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Showcase.json(answer).at("/results/0/outcome").asText();
    }

    private static List<String> scores(Showcase showcase) {
        return showcase.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("laurel_feedback_rows") || line.startsWith("laurel_feedback_score"))
                .sorted()
                .toList();
    }
}
