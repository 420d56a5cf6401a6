package dev.laurel.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.git.serve.ServerAccess;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryHttp;
import dev.laurel.registry.layout.kustomize.KustomizeFiles;
import dev.laurel.registry.outcome.Beginning;
import dev.laurel.registry.view.Author;
import dev.laurel.server.PredictionServer;
import dev.laurel.server.ServerMain;
import dev.laurel.server.ServerSettings;
import dev.laurel.source.RowStore;
import dev.laurel.trainer.TrainerMain;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainer, verifier and server, started with the command line and the environment of their manifests, against a Git host that wants a token. */
class StartedFromManifestsTest {
    private static final ModelName DAILY = new ModelName("daily");
    private static final Environment PRODUCTION = new Environment("production");
    private static final Author ALICE = new Author("Alice", "alice@laurel.example");
    private static final String TOKEN = "secret-of-the-trainer";

    @TempDir
    Path folder;

    Registry registry;
    PredictionServer host;

    @BeforeEach
    void serveTheRepository() throws IOException {
        Kustomize.assumePresent();
        byte[] definition = Files.readAllBytes(Path.of("src/test/resources/daily.yaml"));
        registry = Registry.create(
                folder.resolve("models.git"),
                new Beginning(
                        new TreeMap<>(Map.of(DAILY, definition)),
                        KustomizeFiles.all(
                                List.of(DAILY), List.of(PRODUCTION), null, KustomizeFiles.REPOSITORY_IN_CLUSTER)),
                ALICE);
        host = PredictionServer.start(
                new ServerSettings("127.0.0.1", 0, PRODUCTION),
                registry,
                new RowStore(folder.resolve("rows"), true, Clock.systemUTC()),
                new RegistryHttp(registry, ServerAccess.token(TOKEN, true)).servlets());
    }

    @AfterEach
    void close() {
        if (host != null) {
            host.close();
            registry.close();
        }
    }

    @Test
    void theTrainerPromotesAndTheServerFollowsTheMountedPin() throws Exception {
        train();
        assertThat(registry.head().pin(PRODUCTION, DAILY)).isPresent();
        Clone clone = Clone.of(folder.resolve("models.git"), folder.resolve("clone"));
        List<JsonNode> objects = Kustomize.objects(clone.overlay(PRODUCTION, DAILY));
        verify(objects);

        Pod pod = pod("server", object(objects, "Deployment").at("/spec/template"), objects)
                .set("LAUREL_PORT", "0")
                // The kubelet fills in the model's name, and the cluster's DNS knows the Service.
                .set("LAUREL_SIBLINGS", "daily-siblings.invalid:8081")
                .set("LAUREL_SIBLING_PORT", "0");
        Path log = folder.resolve("server.log");
        Process server = pod.start(ServerMain.class.getName(), log);
        try {
            URI address = address(log);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> get(address.resolve("/readyz")).equals("{\"ready\":true}"));
            // The rows come by themselves, a moment later.
            await().atMost(Duration.ofMinutes(1)).until(() -> version(address).equals("v1"));

            train();
            registry.promote(PRODUCTION, DAILY, registry.head().newest(DAILY).orElseThrow(), "to see it move", ALICE);
            clone.pull();
            List<JsonNode> moved = Kustomize.objects(clone.overlay(PRODUCTION, DAILY));
            pod.update("pin", object(moved, "ConfigMap").path("data"));
            await().atMost(Duration.ofMinutes(1)).until(() -> version(address).equals("v2"));
        } finally {
            server.destroy();
            assertThat(server.waitFor(30, TimeUnit.SECONDS))
                    .as("stops when it is told to")
                    .isTrue();
        }
        assertThat(Pod.text(log)).doesNotContain(TOKEN);
    }

    /** As the CronJob of the laptop's overlay does. */
    private void train() throws Exception {
        List<JsonNode> platform = Kustomize.objects(Path.of("../manifests/overlays/local/trainer"));
        JsonNode template = object(platform, "CronJob").at("/spec/jobTemplate/spec/template");
        Path log = folder.resolve("trainer.log");
        Process trainer = new Pod(Files.createTempDirectory(folder, "trainer"), template, platform)
                .secret("git", "token", TOKEN + "\n")
                .set("LAUREL_REPO", "http://127.0.0.1:%d/git/models.git".formatted(host.port()))
                .start(TrainerMain.class.getName(), log);
        assertThat(trainer.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(trainer.exitValue()).as(Pod.text(log)).isZero();
        assertThat(Pod.text(log)).contains("registered v").doesNotContain(TOKEN);
    }

    /** As Argo CD does before a sync. */
    private void verify(List<JsonNode> objects) throws Exception {
        Path log = folder.resolve("verifier.log");
        Process verifier = pod("verifier", object(objects, "Pod"), objects).start(ServerMain.class.getName(), log);
        assertThat(verifier.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(verifier.exitValue()).as(Pod.text(log)).isZero();
        assertThat(Pod.text(log)).containsPattern("(?m)^daily v1 \\(sha256:[0-9a-f]{64}\\) can be served$");
    }

    private Pod pod(String name, JsonNode template, List<JsonNode> objects) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        return new Pod(folder.resolve(name), template, objects)
                .set("LAUREL_REPO", "http://127.0.0.1:%d/git/models.git".formatted(host.port()))
                // The component token-auth mounts it.
                .set("LAUREL_GIT_TOKEN_FILE", token.toString())
                // Production asks for signers, and nobody is named in this repository.
                .set("LAUREL_SIGNED", "false");
    }

    private static URI address(Path log) {
        Pattern line = Pattern.compile("Answering for production at http://0\\.0\\.0\\.0:(\\d+)");
        Matcher[] found = new Matcher[1];
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            found[0] = line.matcher(Pod.text(log));
            return found[0].find();
        });
        return URI.create("http://127.0.0.1:" + found[0].group(1));
    }

    private static String version(URI address) throws Exception {
        return new ObjectMapper()
                .readTree(get(address.resolve("/predictionForTomorrow")))
                .path("version")
                .asText();
    }

    private static String get(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private static JsonNode object(List<JsonNode> objects, String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
