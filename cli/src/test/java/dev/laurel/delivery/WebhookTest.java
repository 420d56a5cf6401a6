package dev.laurel.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.delivery.ArgoCdWebhook.Push;
import dev.laurel.delivery.HttpStub.Request;
import dev.laurel.delivery.HttpStub.Response;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import dev.laurel.registry.layout.kustomize.KustomizeFiles;
import dev.laurel.registry.outcome.Beginning;
import dev.laurel.registry.outcome.Draft;
import dev.laurel.registry.view.Author;
import dev.laurel.webhook.MainWatch;
import dev.laurel.webhook.WebhookTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Argo CD, as it is set up here, takes the webhooks of our own server and of Forgejo. */
class WebhookTest {
    private static final ModelName SPY = new ModelName("spy-direction");
    private static final ModelName GOLD = new ModelName("gold");
    private static final Environment PRODUCTION = new Environment("production");
    private static final Environment STAGING = new Environment("staging");
    private static final Author ALICE = new Author("Alice", "alice@laurel.example");
    private static final String SECRET = "0123456789abcdef";

    @TempDir
    Path folder;

    private List<JsonNode> argoCd;

    @BeforeEach
    void kubectl() {
        Kustomize.assumePresent();
        argoCd = Kustomize.objects(Path.of("../argocd/overlays/local"));
    }

    private JsonNode object(String kind, String name) {
        return argoCd.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What the ApplicationSet makes of a pin. */
    private JsonNode application(Environment environment, ModelName model) {
        String path = "environments/" + environment + "/" + model;
        ObjectNode template =
                object("ApplicationSet", "models").at("/spec/template").deepCopy();
        // What it shows of the pin is no matter of webhooks.
        ((ObjectNode) template.path("spec")).remove("info");
        String text = template.toString()
                .replace("{{ index .path.segments 1 }}", environment.value())
                .replace("{{ index .path.segments 2 }}", model.value())
                .replace("{{ .path.path }}", path);
        assertThat(text).doesNotContain("{{");
        return json(text.getBytes(UTF_8));
    }

    private List<String> refreshed(Push push) {
        List<String> refreshed = new ArrayList<>();
        for (Environment environment : List.of(PRODUCTION, STAGING)) {
            for (ModelName model : List.of(SPY, GOLD)) {
                JsonNode application = application(environment, model);
                if (ArgoCdWebhook.refreshes(push, application)) {
                    refreshed.add(application.at("/metadata/name").asText());
                }
            }
        }
        return refreshed;
    }

    @Test
    void aMoveOfMainRefreshesTheApplicationsThatItConcerns() throws IOException {
        ArgoCdWebhook webhook = new ArgoCdWebhook(Map.of("webhook.github.secret", SECRET));
        List<Push> pushes = new CopyOnWriteArrayList<>();
        String repoUrl = object("ApplicationSet", "models")
                .at("/spec/template/spec/source/repoURL")
                .asText();
        try (Registry registry = repository();
                HttpStub server = new HttpStub(request -> {
                    pushes.add(webhook.receive(request));
                    return new Response(200, "");
                });
                MainWatch watch = new MainWatch(
                        registry,
                        new WebhookTarget(URI.create(server.url() + "/api/webhook"), URI.create(repoUrl), SECRET),
                        answer -> {})) {
            watch.start();
            Push start = next(pushes);
            assertThat(start.after()).isEqualTo(registry.head().commit());
            assertThat(refreshed(start)).as("nobody knows what was before").hasSize(4);

            registry.register(new BytesDraft(SPY), ALICE);
            Push registration = next(pushes);
            assertThat(registration.before()).isEqualTo(start.after());
            assertThat(registration.files()).isNotEmpty();
            assertThat(refreshed(registration)).as("training concerns nobody").isEmpty();

            registry.promote(PRODUCTION, SPY, new Version(1), "asked for", ALICE);
            assertThat(refreshed(next(pushes))).containsExactly("production-spy-direction");

            registry.rollBack(PRODUCTION, SPY, null, "odd answers", ALICE);
            assertThat(refreshed(next(pushes))).as("a removed pin").containsExactly("production-spy-direction");
        }
    }

    private static Push next(List<Push> pushes) {
        await().until(() -> !pushes.isEmpty());
        return pushes.remove(0);
    }

    private Registry repository() throws IOException {
        SortedMap<ModelName, byte[]> definitions = new TreeMap<>();
        String daily = Files.readString(Path.of("src/test/resources/daily.yaml"));
        Stream.of(SPY, GOLD)
                .forEach(model -> definitions.put(
                        model,
                        daily.replaceFirst("(?m)^model: .*$", "model: " + model).getBytes(UTF_8)));
        return Registry.create(
                folder.resolve("models.git"),
                new Beginning(
                        definitions,
                        KustomizeFiles.all(
                                definitions.keySet(),
                                List.of(PRODUCTION, STAGING),
                                null,
                                "https://git.example.com/m.git")),
                ALICE);
    }

    /** The fields that Forgejo's documentation shows, and the headers. */
    private static Request ofForgejo(String secret) throws IOException {
        byte[] body = Files.readAllBytes(Path.of("src/test/resources/golden/forgejo-push.json"));
        String signature = ArgoCdWebhook.signature(secret, body);
        Map<String, String> headers = new TreeMap<>(Map.of("content-type", "application/json"));
        for (String host : List.of("forgejo", "gitea", "gogs")) {
            headers.put("x-" + host + "-event", "push");
            headers.put("x-" + host + "-signature", signature);
        }
        headers.put("x-github-event", "push");
        headers.put("x-hub-signature-256", "sha256=" + signature);
        return new Request("POST", "/api/webhook", headers, body);
    }

    @Test
    void forgejoIsBelievedByTheSecretOfItsFirstStart() throws IOException {
        String reference = object("Secret", "argocd-secret")
                .at("/stringData")
                .path("webhook.gogs.secret")
                .asText();
        JsonNode named = object("Secret", reference.replaceFirst("^\\$(.*):secret$", "$1"));
        assertThat(named.at("/metadata/labels/app.kubernetes.io~1part-of").asText())
                .as("Argo CD looks into no other Secret")
                .isEqualTo("argocd");
        assertThat(named.has("data") || named.has("stringData")).isFalse();
        // FirstStartTest shows that the Job puts it there.
        ArgoCdWebhook webhook = new ArgoCdWebhook(Map.of("webhook.gogs.secret", SECRET));

        assertThat(refreshed(webhook.receive(ofForgejo(SECRET)))).containsExactly("production-spy-direction");
        assertThatThrownBy(() -> webhook.receive(ofForgejo("another"))).hasMessage("HMAC verification failed");
    }

    @Test
    void theJobOfTheFirstStartMayWriteThatSecretAndDoNothingElseThere() {
        JsonNode role = object("Role", "laurel-webhook");
        JsonNode subject = object("RoleBinding", "laurel-webhook").at("/subjects/0");
        String account = Kustomize.objects(Path.of("../manifests/overlays/local")).stream()
                .filter(object -> object.at("/metadata/name").asText().equals("git-first-start"))
                .filter(object -> object.path("kind").asText().equals("Job"))
                .findFirst()
                .orElseThrow()
                .at("/spec/template/spec/serviceAccountName")
                .asText();

        assertThat(role.path("rules").toString())
                .isEqualTo("[{\"apiGroups\":[\"\"],\"resourceNames\":[\"laurel-webhook\"],"
                        + "\"resources\":[\"secrets\"],\"verbs\":[\"patch\"]}]");
        assertThat(subject.path("name").asText()).isEqualTo(account);
        assertThat(subject.path("namespace").asText()).isEqualTo("laurel");
    }

    private static JsonNode json(byte[] text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A candidate that nobody serves here. */
    private record BytesDraft(ModelName model) implements Draft {
        @Override
        public byte[] modelFile() {
            return "a model file".getBytes(UTF_8);
        }

        @Override
        public byte[] data() {
            return null;
        }

        @Override
        public SortedMap<String, byte[]> documents(Version version) {
            return new TreeMap<>();
        }

        @Override
        public String summary() {
            return "for a test";
        }
    }
}
