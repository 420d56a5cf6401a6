package dev.laurel.cli.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.laurel.bytes.ModelBytes;
import dev.laurel.cli.Laurel;
import dev.laurel.cli.Showcase;
import dev.laurel.follow.Proofs;
import dev.laurel.follow.Supply;
import dev.laurel.model.Environment;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryHttp;
import dev.laurel.server.PredictionServer;
import dev.laurel.server.ServerSettings;
import dev.laurel.source.RowStore;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --wait}, with servers that follow a repository as {@code laurel up} and {@code laurel serve} do. */
class WaitTest {
    @TempDir
    private Path folder;

    private Path repository;
    private Registry registry;
    private final List<PredictionServer> servers = new ArrayList<>();

    @BeforeEach
    void create() {
        repository = Showcase.in(folder);
        registry = Registry.open(repository);
    }

    @AfterEach
    void close() {
        servers.forEach(PredictionServer::close);
        registry.close();
    }

    @Test
    void aPromotionReturnsWhenEveryReplicaAnswersWithIt() {
        String one = serve(registry, "one", Showcase.PRODUCTION, Map.of());
        String two = serve(registry, "two", Showcase.PRODUCTION, Map.of());

        Laurel promoted = run("promote", "daily", "v3", "--reason", "a quiet week", "--wait", one + "," + two);

        assertThat(promoted.exit()).as(promoted.err()).isZero();
        assertThat(promoted.out())
                .startsWith("daily in production: v1 -> v3, commit ")
                .containsPattern(
                        "v3 answers at each of 2 replicas, after [0-9.]+ s \\(1[45] connections found nothing else\\)")
                .containsPattern(
                        "(?s)committed +[0-9.]+ s.*pin read +[0-9.]+ s.*loaded +[0-9.]+ s.*answered +[0-9.]+ s")
                .doesNotContain("synced");
        assertThat(version(one)).isEqualTo(version(two)).isEqualTo("v3");
    }

    @Test
    void aRollbackIsWaitedForAsWell() throws Exception {
        String url = serve(registry, "one", Showcase.PRODUCTION, Map.of());

        assertThat(run("promote", "daily", "v2", "--reason", "a try").exit()).isZero();
        Laurel back = run("rollback", "daily", "--reason", "odd", "--wait", url, "--output", "json");

        assertThat(back.exit()).as(back.err()).isZero();
        JsonNode result = new ObjectMapper().readTree(back.out());
        assertThat(result.path("to").asText()).isEqualTo("v1");
        assertThat(result.at("/waited/answered").asBoolean()).isTrue();
        assertThat(result.at("/waited/connections").asInt()).isEqualTo(10);
        assertThat(result.at("/waited/replicas/0/instance").asText()).isEqualTo("one");
        assertThat(result.at("/waited/hops").findValuesAsText("name"))
                .containsExactly("committed", "pin read", "loaded", "answered");
        assertThat(result.at("/waited/stuck").isMissingNode()).isTrue();
        assertThat(back.err()).startsWith("daily in production: v2 -> v1");
    }

    @Test
    void aPinThatIsTakenAwayIsWaitedForUntilNothingAnswers() throws IOException {
        Path alone = Showcase.withOneVersion(Files.createDirectory(folder.resolve("alone")));
        try (Registry first = Registry.open(alone)) {
            String url = serve(first, "one", Showcase.PRODUCTION, Map.of());

            Laurel withdrawn = Laurel.run("rollback", "daily", "--reason", "all wrong", "--wait", url, "--repo", alone);

            assertThat(withdrawn.exit()).as(withdrawn.err()).isZero();
            assertThat(withdrawn.out()).contains("v1 -> none", "nothing answers any more at each of 1 replica");
            servers.remove(0).close();
        }
    }

    @Test
    void whatAnswersAlreadyIsNotWaitedForLong() {
        String url = serve(registry, "one", Showcase.PRODUCTION, Map.of());

        Laurel again = run("promote", "daily", "v1", "--reason", "once more", "--wait", url);

        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.out()).contains("v1 already, nothing was written", "v1 answers at each of 1 replica");
    }

    @Test
    void throughAGitHostAsWell() {
        String host = serve(registry, "host", Showcase.STAGING, new RegistryHttp(registry).servlets());
        String git = host + "/git/models.git";

        Laurel promoted = Laurel.run(
                "promote", "daily", "v2", "--env", "staging", "--reason", "by push", "--wait", host, "--repo", git);

        assertThat(promoted.exit()).as(promoted.err()).isZero();
        assertThat(promoted.out()).contains("v2 answers at each of 1 replica");
    }

    @Test
    void whoCannotBeAskedIsNamedWhenTheTimeIsOver() throws Exception {
        String url = serve(registry, "one", Showcase.PRODUCTION, Map.of());
        servers.remove(0).close();

        Laurel stuck = run(
                "promote",
                "daily",
                "v3",
                "--reason",
                "a quiet week",
                "--wait",
                url,
                "--wait-seconds",
                "1",
                "--output",
                "json");

        assertThat(stuck.exit()).isEqualTo(1);
        assertThat(stuck.err())
                .containsPattern("laurel: --wait: stuck at 'answered' after [0-9.]+ s: " + url + ": .*refused");
        assertThat(new ObjectMapper().readTree(stuck.out()).at("/waited/stuck").asText())
                .isEqualTo("answered");
    }

    @Test
    @Timeout(120)
    void whoNeverComesToTheEndOfAnAnswerIsNotListenedToForEver() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        HttpServer endless = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        endless.setExecutor(threads);
        endless.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                do {
                    body.write(' ');
                    body.flush();
                } while (!over.await(500, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        endless.start();
        try {
            String url = "http://localhost:" + endless.getAddress().getPort();

            Laurel stuck =
                    run("promote", "daily", "v3", "--reason", "a quiet week", "--wait", url, "--wait-seconds", "1");

            assertThat(stuck.exit()).isEqualTo(1);
            assertThat(stuck.err()).contains(url + ": no answer in time");
        } finally {
            over.countDown();
            endless.stop(0);
            threads.shutdownNow();
        }
    }

    @Test
    void aReplicaThatCannotLoadSaysWhy() throws IOException {
        // It has the bytes of the first version alone.
        try (Registry poor = Registry.open(Showcase.withOneVersion(Files.createDirectory(folder.resolve("poor"))))) {
            Supply supply = new Supply(() -> registry, ModelBytes.of(() -> poor), Proofs.none());
            servers.add(PredictionServer.start(settings("poor", Showcase.PRODUCTION), supply, rows(), Map.of()));
            String url = ready();

            Laurel stuck = run("promote", "daily", "v3", "--reason", "x", "--wait", url, "--wait-seconds", "1");

            assertThat(stuck.exit()).isEqualTo(1);
            assertThat(stuck.out()).startsWith("daily in production: v1 -> v3, commit ");
            assertThat(stuck.err()).contains("stuck at 'loaded'", "poor at " + url + " answers with v1: v3: ");
        }
    }

    @Test
    void tooFewReplicasAreNotEnough() {
        String url = serve(registry, "one", Showcase.PRODUCTION, Map.of());

        Laurel stuck =
                run("promote", "daily", "v3", "--reason", "x", "--wait", url, "--wait-seconds", "1", "--replicas", "2");

        assertThat(stuck.exit()).isEqualTo(1);
        assertThat(stuck.err())
                .contains("stuck at 'answered'", "replicas that answer with v3: 1 (expected: 2, by --replicas)");
    }

    @Test
    void anotherEnvironmentIsNotTheOneThatIsWaitedFor() {
        String url = serve(registry, "one", Showcase.STAGING, Map.of());

        Laurel stuck = run("promote", "daily", "v3", "--reason", "x", "--wait", url, "--wait-seconds", "1");

        assertThat(stuck.err()).contains("one at " + url + " answers for staging (expected: for production)");
    }

    @Test
    void wrongWordsAreUsageErrors() {
        assertThat(run("promote", "daily", "v3", "--wait", "localhost:8080"))
                .isEqualTo(new Laurel(
                        2, "", "laurel: --wait: localhost:8080 (expected: an address such as http://localhost:8080)"));
        assertThat(run("promote", "daily", "v3", "--replicas", "2"))
                .isEqualTo(new Laurel(2, "", "laurel: --replicas: 2 (expected: none without --wait)"));
        assertThat(run("promote", "daily", "v3", "--wait", "http://localhost:1", "--wait-seconds", "0"))
                .isEqualTo(new Laurel(2, "", "laurel: --wait-seconds: 0 (expected: 1..86400)"));
        assertThat(run("promote", "daily", "v3", "--wait", "http://localhost:1", "--pull-request"))
                .isEqualTo(new Laurel(
                        2, "", "laurel: --wait: given (expected: none with --pull-request, which moves nothing yet)"));
    }

    private Laurel run(Object... line) {
        List<Object> words = new ArrayList<>(List.of(line));
        words.addAll(List.of("--repo", repository));
        return Laurel.run(words.toArray());
    }

    private String serve(Registry followed, String instance, Environment environment, Map<String, HttpServlet> more) {
        servers.add(PredictionServer.start(settings(instance, environment), followed, rows(), more));
        return ready();
    }

    private static ServerSettings settings(String instance, Environment environment) {
        return new ServerSettings("127.0.0.1", 0, environment, null, "", Map.of("LAUREL_INSTANCE", instance));
    }

    private RowStore rows() {
        return new RowStore(folder.resolve("rows"), true, Clock.systemUTC());
    }

    /** The newest server, once it answers. */
    private String ready() {
        String url = "http://127.0.0.1:" + servers.get(servers.size() - 1).port();
        await().until(() -> status(url + "/readyz") == 200);
        return url;
    }

    private static int status(String url) throws IOException {
        return ((HttpURLConnection) URI.create(url).toURL().openConnection()).getResponseCode();
    }

    private static String version(String url) {
        try (InputStream answer = URI.create(url + "/models/daily/sync").toURL().openStream()) {
            return new ObjectMapper().readTree(answer).path("version").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
