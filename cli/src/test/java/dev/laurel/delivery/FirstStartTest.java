package dev.laurel.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.delivery.HttpStub.Request;
import dev.laurel.delivery.HttpStub.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Job that makes an empty Forgejo the home of the models repository, with its own script and curl, and a Forgejo that has main already. */
class FirstStartTest {
    private static final Path SCRIPT = Path.of("../manifests/base/git/first-start.sh");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOOKS = "/api/v1/repos/laurel/models/hooks";
    private static final String ARGO_CD = "argocd/laurel-webhook";
    private static final String WEBHOOK = "https://argocd-server.argocd.svc.cluster.local/api/webhook";

    @TempDir
    Path folder;

    /** By namespace and name, the data as they are read back. */
    private final Map<String, ObjectNode> secrets = new TreeMap<>();

    private final ArrayNode hooks = JSON.createArrayNode();
    private final List<String> made = new ArrayList<>();
    private HttpStub cluster;

    private record Run(int exit, String output, String commands) {}

    @BeforeEach
    void start() throws IOException {
        boolean present = Stream.of("/bin/bash", "/usr/bin/curl").allMatch(file -> Files.isExecutable(Path.of(file)));
        assertThat(present || !"true".equals(System.getenv("CI")))
                .as("bash and curl in CI")
                .isTrue();
        assumeTrue(present, "left out: no /bin/bash or no /usr/bin/curl");
        secrets.put(ARGO_CD, JSON.createObjectNode());
        cluster = new HttpStub(this::answer);
    }

    @AfterEach
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private Response answer(Request request) {
        try {
            return request.path().startsWith("/api/v1/namespaces/")
                    ? kubernetes(
                            request,
                            request.path()
                                    .substring("/api/v1/namespaces/".length())
                                    .split("/", -1))
                    : forgejo(request);
        } catch (IOException e) {
            return new Response(400, e.toString());
        }
    }

    private Response kubernetes(Request request, String[] path) throws IOException {
        assertThat(request.headers()).containsEntry("authorization", "Bearer token-of-the-account");
        if (request.method().equals("POST")) {
            JsonNode secret = JSON.readTree(request.body());
            String name = path[0] + "/" + secret.at("/metadata/name").asText();
            assertThat(secrets).doesNotContainKey(name);
            secrets.put(name, data(secret.path("stringData")));
            return new Response(201, "{}");
        }
        ObjectNode data = secrets.get(path[0] + "/" + path[2]);
        if (data == null) {
            return new Response(404, "{}");
        }
        if (request.method().equals("PATCH")) {
            assertThat(request.headers()).containsEntry("content-type", "application/merge-patch+json");
            data.setAll(data(JSON.readTree(request.body()).path("stringData")));
        }
        ObjectNode secret = JSON.createObjectNode().put("kind", "Secret");
        secret.set("data", data);
        return new Response(200, secret.toString());
    }

    private static ObjectNode data(JsonNode text) {
        ObjectNode data = JSON.createObjectNode();
        text.properties()
                .forEach(entry -> data.put(
                        entry.getKey(),
                        Base64.getEncoder()
                                .encodeToString(entry.getValue().asText().getBytes(UTF_8))));
        return data;
    }

    private String secret(String name, String key) {
        return new String(Base64.getDecoder().decode(secrets.get(name).path(key).asText()), UTF_8);
    }

    private Response forgejo(Request request) throws IOException {
        String path = request.path();
        if (path.startsWith("/api/healthz") || path.endsWith("/branches/main")) {
            return new Response(200, "{}");
        }
        assertThat(request.headers().get("authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder()
                                .encodeToString(("owner:" + secret("laurel/git-owner", "password")).getBytes(UTF_8)));
        if (path.startsWith(HOOKS)) {
            return hook(request);
        }
        if (request.method().equals("GET")) {
            return new Response(made.contains(path) ? 200 : 404, "{}");
        }
        if (request.body().length > 1) {
            JSON.readTree(request.body());
        }
        made.addAll(Map.of(
                        "/api/v1/admin/users", "/api/v1/users/trainer",
                        "/api/v1/orgs", "/api/v1/orgs/laurel",
                        "/api/v1/orgs/laurel/repos", "/api/v1/repos/laurel/models",
                        "/api/v1/repos/laurel/models/branch_protections",
                                "/api/v1/repos/laurel/models/branch_protections/main")
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey().equals(path))
                .map(Map.Entry::getValue)
                .toList());
        return new Response(201, "{\"id\":1,\"name\":\"trainer\",\"sha1\":\"token-of-the-trainer\"}");
    }

    /** As Forgejo does: it shows no secret, and gives each hook the next number. */
    private Response hook(Request request) throws IOException {
        switch (request.method()) {
            case "POST" -> {
                ObjectNode hook = JSON.createObjectNode().put("id", hooks.isEmpty() ? 1 : newestId() + 1);
                hook.setAll((ObjectNode) JSON.readTree(request.body()));
                hooks.add(hook);
            }
            case "DELETE" -> {
                int id = Integer.parseInt(request.path().substring(HOOKS.length() + 1));
                for (int i = 0; i < hooks.size(); i++) {
                    if (hooks.get(i).path("id").asInt() == id) {
                        hooks.remove(i);
                        return new Response(204, "");
                    }
                }
                return new Response(404, "{}");
            }
            default -> {
                ArrayNode shown = hooks.deepCopy();
                shown.forEach(hook -> ((ObjectNode) hook.path("config")).remove("secret"));
                return new Response(200, shown.toString());
            }
        }
        return new Response(201, "{}");
    }

    private int newestId() {
        return hooks.get(hooks.size() - 1).path("id").asInt();
    }

    private Run run(String webhook) throws Exception {
        Path account = Files.createDirectories(folder.resolve("account"));
        Files.writeString(account.resolve("token"), "token-of-the-account");
        Files.writeString(account.resolve("ca.crt"), "");
        String text = Files.readString(SCRIPT)
                .replace("/var/run/secrets/kubernetes.io/serviceaccount", account.toString())
                .replace("https://kubernetes.default.svc", cluster.url());
        Path script = Files.writeString(folder.resolve("first-start.sh"), text);
        Path log = folder.resolve("commands");
        Files.deleteIfExists(log);
        Path curl = Files.createDirectories(folder.resolve("bin")).resolve("curl");
        Files.writeString(curl, "#!/bin/sh\necho \"$@\" >>" + log + "\nexec /usr/bin/curl \"$@\"\n");
        Files.setPosixFilePermissions(curl, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder bash = new ProcessBuilder("/bin/bash", script.toString()).redirectErrorStream(true);
        bash.environment()
                .putAll(Map.of(
                        "PATH",
                        curl.getParent() + ":/usr/bin:/bin",
                        "GIT_HOST",
                        cluster.url(),
                        "ARGO_CD_WEBHOOK",
                        webhook,
                        "NAMESPACE",
                        "laurel"));
        Process process = bash.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), output, Files.readString(log));
    }

    @Test
    void forgejoAndArgoCdGetTheSameSecret() throws Exception {
        Run run = run(WEBHOOK);

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(secrets).containsOnlyKeys(ARGO_CD, "laurel/git-owner", "laurel/git-webhook", "laurel/trainer-git");
        String secret = secret("laurel/git-webhook", "secret");
        assertThat(secret).hasSize(32);
        assertThat(secret(ARGO_CD, "secret")).isEqualTo(secret);
        assertThat(hooks).hasSize(1);
        JsonNode hook = hooks.get(0);
        assertThat(hook.path("config").path("url").asText()).isEqualTo(WEBHOOK);
        assertThat(hook.path("config").path("content_type").asText()).isEqualTo("json");
        assertThat(hook.path("config").path("secret").asText()).isEqualTo(secret);
        assertThat(hook.path("events").toString()).isEqualTo("[\"push\"]");
        assertThat(hook.path("branch_filter").asText()).isEqualTo("main");
        assertThat(hook.path("active").asBoolean()).isTrue();
    }

    @Test
    void noSecretIsInAProcessListOrInTheLog() throws Exception {
        Run run = run(WEBHOOK);

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.commands() + run.output())
                .contains("/hooks")
                .doesNotContain(
                        secret("laurel/git-owner", "password"),
                        secret("laurel/git-webhook", "secret"),
                        secret("laurel/trainer-git", "token"),
                        "token-of-the-account");
    }

    @Test
    void aSecondRunMakesNothingTwice() throws Exception {
        run(WEBHOOK);
        Map<String, ObjectNode> before = new TreeMap<>(secrets);
        List<String> madeBefore = List.copyOf(made);
        ObjectNode other = hooks.addObject().put("id", 7);
        other.putObject("config").put("url", "https://chat.example.com");
        Run again = run(WEBHOOK);

        assertThat(again.exit()).as(again.output()).isZero();
        assertThat(secrets).isEqualTo(before);
        assertThat(made).isEqualTo(madeBefore);
        assertThat(hooks)
                .extracting(hook -> hook.at("/config/url").asText())
                .containsExactly("https://chat.example.com", WEBHOOK);
        assertThat(hooks.get(1).at("/config/secret").asText()).isEqualTo(secret("laurel/git-webhook", "secret"));
    }

    @Test
    void saysWhatIsMissingWhereArgoCdHasNoRoomForTheSecret() throws Exception {
        secrets.remove(ARGO_CD);
        Run run = run(WEBHOOK);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.output())
                .endsWith("Argo CD does not take the webhook's secret (expected: argocd/overlays/<name> applied,"
                        + " which makes room for it); tries again\n");
        assertThat(hooks).isEmpty();
    }

    @Test
    void withoutArgoCdNobodyIsTold() throws Exception {
        Run run = run("");

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(secrets).doesNotContainKey("laurel/git-webhook");
        assertThat(hooks).isEmpty();
    }
}
