package dev.laurel.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import dev.laurel.registry.layout.kustomize.KustomizeFiles;
import dev.laurel.registry.outcome.Beginning;
import dev.laurel.registry.outcome.Draft;
import dev.laurel.registry.view.Author;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a models repository renders to, and how that follows its pins. Long since each thing that moves is a test of what may change with
 * it.
 */
class ModelsRepositoryTest {
    private static final Path MANIFESTS = Path.of("..", "manifests");
    private static final ModelName SPY = new ModelName("spy-direction");
    private static final ModelName GOLD = new ModelName("gold");
    private static final Environment PRODUCTION = new Environment("production");
    private static final Author ALICE = new Author("Alice", "alice@laurel.example");
    private static final List<Environment> ENVIRONMENTS =
            Stream.of("local", "staging", "production").map(Environment::new).toList();

    @TempDir
    Path folder;

    Registry registry;
    Clone clone;

    @BeforeEach
    void create() throws IOException {
        SortedMap<ModelName, byte[]> definitions = new TreeMap<>();
        definitions.put(SPY, definition(SPY));
        definitions.put(GOLD, definition(GOLD));
        registry = Registry.create(
                folder.resolve("models.git"),
                new Beginning(
                        definitions,
                        KustomizeFiles.all(
                                List.of(SPY), ENVIRONMENTS, null, "https://git.example.com/laurel/models.git")),
                ALICE);
        clone = Clone.of(folder.resolve("models.git"), folder.resolve("clone"));
    }

    private static byte[] definition(ModelName model) throws IOException {
        String daily = Files.readString(Path.of("src/test/resources/daily.yaml"));
        return daily.replaceFirst("(?m)^model: .*$", "model: " + model).getBytes(UTF_8);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void baseIsWhatTheManifestsSay() throws IOException {
        assertThat(files(clone.folder().resolve("base"))).isEqualTo(expectedBase());
    }

    private static SortedMap<String, String> expectedBase() throws IOException {
        SortedMap<String, String> expected = files(MANIFESTS.resolve("base/server"));
        for (String component : List.of("verifier", "monitoring", "ingress", "grpc", "token-auth")) {
            files(MANIFESTS.resolve("components").resolve(component))
                    .forEach((file, text) -> expected.put("components/" + component + "/" + file, text));
        }
        return expected;
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "staging", "production"})
    void theServerOfAnEnvironmentIsWhatTheManifestsSayOfItsSizes(String environment) throws IOException {
        SortedMap<String, String> expected = files(MANIFESTS.resolve("overlays/" + environment + "/server"));
        expected.replaceAll((file, text) -> text.replace("${repository}", "https://git.example.com/laurel/models.git"));

        assertThat(files(clone.folder().resolve("environments/" + environment + "/server")))
                .isEqualTo(expected);
    }

    private static SortedMap<String, String> files(Path folder) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    @Test
    void theFirstVersionOfANewModelBringsItsOverlays() {
        assertThat(clone.overlay(PRODUCTION, GOLD)).doesNotExist();
        register(GOLD);
        register(GOLD);
        clone.pull();

        for (Environment environment : ENVIRONMENTS) {
            assertThat(clone.overlay(environment, GOLD).resolve("kustomization.yaml"))
                    .hasBinaryContent(KustomizeFiles.overlay(environment, GOLD));
        }
        assertThat(clone.git("show", "--format=%s", "--name-only", "HEAD~1"))
                .contains("Register gold v1", "environments/production/gold/kustomization.yaml");
        assertThat(clone.git("show", "--format=%s", "--name-only", "HEAD"))
                .contains("Register gold v2")
                .doesNotContain("environments");
        assertThat(registry.verify(null, null, (what, done, of) -> {}).faults()).isEmpty();
    }

    @Test
    void everyOverlayKeepsTheSchemasAndThePolicies() throws IOException {
        Kustomize.assumePresent();
        Schemas schemas = Schemas.load();
        for (Environment environment : ENVIRONMENTS) {
            promote(environment, SPY, register(SPY));
        }
        clone.pull();

        for (Environment environment : ENVIRONMENTS) {
            for (boolean withComponents : List.of(false, true)) {
                if (withComponents) {
                    takeEveryComponent(environment);
                }
                List<JsonNode> objects = Kustomize.objects(clone.overlay(environment, SPY));
                assertThat(objects).as("%s", environment).hasSizeGreaterThan(9);
                assertThat(objects).flatExtracting(schemas::problems).isEmpty();
                assertThat(Policies.problems(objects)).isEmpty();
                assertThat(Breaches.expectFound(objects))
                        .as("the server and the verifier")
                        .isEqualTo(2);
                assertThat(objects).allSatisfy(object -> {
                    assertThat(object.at("/metadata/namespace").asText()).isEqualTo("laurel-" + environment);
                    assertThat(object.at("/metadata/labels/app.kubernetes.io~1instance")
                                    .asText())
                            .isEqualTo(environment + "-spy-direction");
                });
            }
        }
    }

    /** The components that an environment may take are named in comments. */
    private void takeEveryComponent(Environment environment) throws IOException {
        Path server = clone.folder().resolve("environments/" + environment + "/server/kustomization.yaml");
        String text = Files.readString(server);
        Files.writeString(server, text.replaceAll("(?m)^  # - (\\S+) +\\(.*\\)$", "  - $1"));
        assertThat(server).content().contains("  - ../../../base/components/token-auth\n");
    }

    @Test
    void aPlantedWrongFieldIsFound() throws IOException {
        Kustomize.assumePresent();
        Schemas schemas = Schemas.load();
        promote(PRODUCTION, SPY, register(SPY));
        clone.pull();
        JsonNode deployment = object(Kustomize.objects(clone.overlay(PRODUCTION, SPY)), "Deployment");
        ObjectNode container = (ObjectNode) deployment.at("/spec/template/spec/containers/0");

        container.put("imagePullPolice", "Always");
        assertThat(schemas.problems(deployment)).singleElement().asString().contains("imagePullPolice");
        container.remove("imagePullPolice");
        container.put("stdin", "yes");
        assertThat(schemas.problems(deployment)).singleElement().asString().contains("stdin");
        container.remove("stdin");
        assertThat(schemas.problems(deployment)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ServiceMonitor, /spec/endpoints/0, intervall, 15s,  intervall",
        "ServiceMonitor, /spec/endpoints/0, interval,  often, pattern",
        "ServiceMonitor, /spec,             endpoint,  http, endpoint",
        "PrometheusRule, /spec/groups/0/rules/0, four, 5m,   four",
        "PrometheusRule, /spec/groups/0,    rule,      none, rule"
    })
    void aPlantedWrongFieldOfTheMonitoringIsFound(String kind, String at, String field, String value, String said)
            throws IOException {
        Kustomize.assumePresent();
        Schemas schemas = Schemas.load();
        JsonNode object = object(Kustomize.objects(MANIFESTS.resolve("base/monitoring")), kind);
        assertThat(schemas.problems(object)).isEmpty();

        ((ObjectNode) object.at(at)).put(field, value);

        assertThat(schemas.problems(object)).singleElement().asString().contains(said);
    }

    @Test
    void aPolicyThatIsNotKeptIsFound() {
        Kustomize.assumePresent();
        promote(PRODUCTION, SPY, register(SPY));
        clone.pull();
        String rendered = Kustomize.text(clone.overlay(PRODUCTION, SPY));

        Map<String, String> planted = Map.of(
                "runAsNonRoot: true", "runAsNonRoot: false",
                "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false",
                "laurel-server:0.1.0", "laurel-server:latest",
                "memory: 512Mi", "storage: 512Mi",
                "readinessProbe:", "unreadinessProbe:",
                "kind: NetworkPolicy", "kind: NotworkPolicy",
                "kind: Deployment", "kind: ReplicaSet");
        assertThat(Policies.problems(Kustomize.objects(rendered))).isEmpty();
        planted.forEach((right, wrong) -> {
            assertThat(rendered).contains(right);
            assertThat(Policies.problems(Kustomize.objects(rendered.replace(right, wrong))))
                    .as(wrong)
                    .isNotEmpty();
        });
    }

    @Test
    void aMovedPinRollsThePodsAndARevertBringsTheVerySameOnesBack() {
        Kustomize.assumePresent();
        promote(PRODUCTION, GOLD, register(GOLD));
        promote(PRODUCTION, SPY, register(SPY));
        clone.pull();
        String first = Kustomize.text(clone.overlay(PRODUCTION, SPY));
        String gold = Kustomize.text(clone.overlay(PRODUCTION, GOLD));

        promote(PRODUCTION, SPY, register(SPY));
        clone.pull();
        String second = Kustomize.text(clone.overlay(PRODUCTION, SPY));
        assertThat(pinName(second)).startsWith("spy-direction-pin-").isNotEqualTo(pinName(first));
        assertThat(template(second)).isNotEqualTo(template(first));
        assertThat(template(second).toString()).contains(pinName(second)).doesNotContain(pinName(first));
        assertThat(Kustomize.text(clone.overlay(PRODUCTION, GOLD))).isEqualTo(gold);

        clone.git("revert", "--no-edit", "HEAD");
        assertThat(Kustomize.text(clone.overlay(PRODUCTION, SPY))).isEqualTo(first);
        assertThat(Kustomize.text(clone.overlay(PRODUCTION, GOLD))).isEqualTo(gold);
    }

    @Test
    void podsSayWhichVersionTheyAreFromThePinItself() throws IOException {
        Kustomize.assumePresent();
        promote(PRODUCTION, SPY, register(SPY));
        promote(PRODUCTION, SPY, register(SPY));
        clone.pull();
        List<JsonNode> objects = Kustomize.objects(clone.overlay(PRODUCTION, SPY));
        JsonNode deployment = object(objects, "Deployment");
        String digest =
                registry.head().pin(PRODUCTION, SPY).orElseThrow().digest().toString();

        assertThat(deployment
                        .at("/spec/template/metadata/labels/laurel.dev~1version")
                        .asText())
                .isEqualTo("v2");
        assertThat(deployment
                        .at("/spec/template/metadata/annotations/laurel.dev~1digest")
                        .asText())
                .isEqualTo(digest);
        for (JsonNode object : List.of(deployment, object(objects, "ConfigMap"))) {
            assertThat(object.at("/metadata/annotations/laurel.dev~1version").asText())
                    .isEqualTo("v2");
            assertThat(object.at("/metadata/annotations/laurel.dev~1digest").asText())
                    .isEqualTo(digest);
        }
        assertThat(deployment.at("/spec/selector").toString())
                .as("a selector never changes")
                .doesNotContain("version");
    }

    @Test
    void thePinIsWholeInTheConfigMapAndInTheVerifier() throws IOException {
        Kustomize.assumePresent();
        promote(PRODUCTION, SPY, register(SPY));
        clone.pull();
        List<JsonNode> objects = Kustomize.objects(clone.overlay(PRODUCTION, SPY));
        String pin = Files.readString(clone.overlay(PRODUCTION, SPY).resolve("champion.yaml"));

        assertThat(object(objects, "ConfigMap").at("/data/champion.yaml").asText())
                .isEqualTo(pin);
        JsonNode verifier = object(objects, "Pod").at("/spec/containers/0");
        assertThat(value(verifier, "LAUREL_PIN")).isEqualTo(pin);
        assertThat(value(verifier, "LAUREL_REPO")).isEqualTo("https://git.example.com/laurel/models.git");
        JsonNode server = object(objects, "Deployment").at("/spec/template/spec/containers/0");
        assertThat(value(server, "LAUREL_REPO")).isEqualTo("https://git.example.com/laurel/models.git");
        assertThat(value(server, "LAUREL_PIN_FILE"))
                .startsWith(server.at("/volumeMounts/0/mountPath").asText() + "/");
    }

    @Test
    void theAutoscalerAloneSaysHowManyPods() {
        Kustomize.assumePresent();
        promote(PRODUCTION, SPY, register(SPY));
        clone.pull();
        List<JsonNode> objects = Kustomize.objects(clone.overlay(PRODUCTION, SPY));

        assertThat(object(objects, "Deployment").path("spec").has("replicas")).isFalse();
        assertThat(object(objects, "HorizontalPodAutoscaler")
                        .at("/spec/minReplicas")
                        .asInt())
                .isEqualTo(2);
        assertThat(object(objects, "HorizontalPodAutoscaler")
                        .at("/spec/maxReplicas")
                        .asInt())
                .isEqualTo(10);
    }

    private static String pinName(String rendered) {
        return object(Kustomize.objects(rendered), "ConfigMap")
                .at("/metadata/name")
                .asText();
    }

    private static JsonNode template(String rendered) {
        return object(Kustomize.objects(rendered), "Deployment").at("/spec/template");
    }

    private static JsonNode object(List<JsonNode> objects, String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static String value(JsonNode container, String name) {
        for (JsonNode variable : container.path("env")) {
            if (variable.path("name").asText().equals(name)) {
                return variable.path("value").asText();
            }
        }
        throw new AssertionError(name + " is not set");
    }

    private int registered;

    private Version register(ModelName model) {
        return registry.register(new BytesDraft(model, "model file %d".formatted(++registered)), ALICE)
                .version();
    }

    private void promote(Environment environment, ModelName model, Version version) {
        registry.promote(environment, model, version, "asked for", ALICE);
    }

    /** A candidate that nobody serves here. */
    private record BytesDraft(ModelName model, String text) implements Draft {
        @Override
        public byte[] modelFile() {
            return text.getBytes(UTF_8);
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
