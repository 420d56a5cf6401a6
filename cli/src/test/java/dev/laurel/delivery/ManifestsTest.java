package dev.laurel.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.model.Environment;
import dev.laurel.registry.layout.kustomize.KustomizeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The platform and Argo CD, as they are applied. */
class ManifestsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path OVERLAYS = ROOT.resolve("manifests/overlays");
    private static final Path ARGO_CD = ROOT.resolve("argocd");

    @BeforeEach
    void kubectl() {
        Kustomize.assumePresent();
    }

    /** Every kustomization that stands for itself; components do not, and the server of an environment is filled in by `laurel init`. */
    static List<Path> kustomizations() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : List.of(ROOT.resolve("manifests"), ARGO_CD)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(each -> each.endsWith("kustomization.yaml"))
                        .sorted()
                        .toList()) {
                    String text = Files.readString(file);
                    if (text.contains("kind: Kustomization") && !text.contains("${")) {
                        found.add(ROOT.relativize(file.getParent()));
                    }
                }
            }
        }
        assertThat(found).hasSizeGreaterThan(15);
        return found;
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void everyObjectKeepsItsSchema(Path folder) throws IOException {
        Schemas schemas = Schemas.load();

        assertThat(Kustomize.objects(ROOT.resolve(folder)))
                .isNotEmpty()
                .flatExtracting(schemas::problems)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "staging", "production"})
    void everyPodOfAnOverlayKeepsThePolicies(String overlay) {
        List<JsonNode> objects = Kustomize.objects(OVERLAYS.resolve(overlay));

        assertThat(Policies.problems(objects)).isEmpty();
        assertThat(objects).noneMatch(object -> object.path("kind").asText().equals("Secret"));
    }

    /** Each rule is broken in each pod, hooks among them, and has to be missed there. */
    @ParameterizedTest
    @ValueSource(strings = {"local", "staging", "production"})
    void whateverPolicyAPodBreaksIsFound(String overlay) {
        List<JsonNode> objects = Kustomize.objects(OVERLAYS.resolve(overlay));
        int pods = Breaches.expectFound(objects);

        assertThat(pods).isGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void argoCdIsGivenNoPods(String overlay) {
        List<JsonNode> objects = Kustomize.objects(ARGO_CD.resolve("overlays/" + overlay));

        assertThat(objects).isNotEmpty().noneMatch(Policies::hasPods);
        assertThat(Policies.problems(objects)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"object-store", "token-auth", "signing"})
    void aComponentFitsTheOverlayThatTakesIt(String component, @TempDir Path folder) throws IOException {
        copy(ROOT.resolve("manifests"), folder.resolve("manifests"));
        Path overlay = folder.resolve("manifests/overlays/local");
        Path kustomization = overlay.resolve("kustomization.yaml");
        String before = Kustomize.text(overlay);
        Files.writeString(
                kustomization,
                Files.readString(kustomization) + "components:\n  - ../../components/" + component + "\n");
        Schemas schemas = Schemas.load();
        List<JsonNode> objects = Kustomize.objects(overlay);

        assertThat(Kustomize.text(overlay)).isNotEqualTo(before);
        assertThat(objects).flatExtracting(schemas::problems).isEmpty();
        assertThat(Policies.problems(objects)).isEmpty();
    }

    /** It works by the trainer's address, token and, where there is one, key. */
    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void liveTrafficIsJudgedBesideTheTrainer(String name, @TempDir Path folder) throws IOException {
        copy(ROOT.resolve("manifests"), folder.resolve("manifests"));
        Path overlay = folder.resolve("manifests/overlays/" + name);
        Path kustomization = overlay.resolve("trainer/kustomization.yaml");
        Files.writeString(
                kustomization,
                Files.readString(kustomization)
                        .replaceFirst(" {2}- [.][.]/address\n", "$0  - ../../../components/judge-live\n"));
        Schemas schemas = Schemas.load();
        List<JsonNode> objects = Kustomize.objects(overlay);

        assertThat(objects).flatExtracting(schemas::problems).isEmpty();
        assertThat(Policies.problems(objects)).isEmpty();
        String container = "/spec/jobTemplate/spec/template/spec/containers/0";
        Map<String, String> trainer =
                environment(named(objects, "CronJob", "trainer").at(container));
        Map<String, String> judge =
                environment(named(objects, "CronJob", "judge-live").at(container));
        for (String setting : List.of("LAUREL_REPO", "LAUREL_ENV", "LAUREL_GIT_TOKEN_FILE")) {
            assertThat(judge.get(setting)).isNotEmpty().isEqualTo(trainer.get(setting));
        }
        assertThat(judge.get("LAUREL_SIGNING_KEY")).isEqualTo(trainer.get("LAUREL_SIGNING_KEY"));
        assertThat(named(objects, "CronJob", "judge-live").at(container + "/image"))
                .isEqualTo(named(objects, "CronJob", "trainer").at(container + "/image"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void everybodyCallsTheGitHostByOneAddress(String overlay) {
        List<JsonNode> argoCd = Kustomize.objects(ARGO_CD.resolve("overlays/" + overlay));
        List<JsonNode> platform = Kustomize.objects(OVERLAYS.resolve(overlay));
        String root = environment(named(platform, "StatefulSet", "git").at("/spec/template/spec/containers/0"))
                .get("FORGEJO__server__ROOT_URL");
        String repository = root + "laurel/models.git";

        assertThat(root).matches("https?://[a-z0-9.:]+/");
        JsonNode set = named(argoCd, "ApplicationSet", "models");
        for (JsonNode generator : generators(set)) {
            assertThat(generator.at("/git/repoURL").asText()).isEqualTo(repository);
        }
        assertThat(generators(set).at("/0/git/values/pages").asText())
                .isEqualTo(repository.replaceFirst("[.]git$", "/src/branch/main"));
        assertThat(set.at("/spec/template/spec/source/repoURL").asText()).isEqualTo(repository);
        assertThat(named(argoCd, "AppProject", "models")
                        .at("/spec/sourceRepos/0")
                        .asText())
                .isEqualTo(repository);
        assertThat(named(argoCd, "Secret", "models-repository")
                        .at("/stringData/url")
                        .asText())
                .isEqualTo(repository);
        assertThat(environment(
                        named(platform, "CronJob", "trainer").at("/spec/jobTemplate/spec/template/spec/containers/0")))
                .containsEntry("LAUREL_REPO", repository);
        assertThat(environment(named(platform, "Deployment", "web").at("/spec/template/spec/containers/0")))
                .containsEntry("LAUREL_REPO", repository);
        assertThat(environment(named(platform, "Job", "git-first-start").at("/spec/template/spec/initContainers/0")))
                .containsEntry("REPOSITORY", repository);
    }

    @Test
    void theGitHostMayCallTheWebhookThatItIsGiven() {
        List<JsonNode> platform = Kustomize.objects(OVERLAYS.resolve("local"));
        String allowed = environment(named(platform, "StatefulSet", "git").at("/spec/template/spec/containers/0"))
                .get("FORGEJO__webhook__ALLOWED_HOST_LIST");
        String webhook = environment(named(platform, "Job", "git-first-start").at("/spec/template/spec/containers/0"))
                .get("ARGO_CD_WEBHOOK");

        assertThat(webhook).isEqualTo("https://" + allowed + "/api/webhook");
    }

    @Test
    void anApplicationHeedsWhatIsKnownOfArgoCd() {
        JsonNode set = named(Kustomize.objects(ARGO_CD.resolve("overlays/local")), "ApplicationSet", "models");
        JsonNode application = set.at("/spec/template");

        JsonNode pins = generators(set).at("/0/git");
        JsonNode overlays = generators(set).at("/1/git");
        assertThat(pins.at("/files/0/path").asText()).isEqualTo("environments/*/*/champion.yaml");
        // A pin alone makes no Application; and the two paths do not overwrite each other.
        assertThat(overlays.at("/files/0/path").asText()).isEqualTo("{{ .path.path }}/kustomization.yaml");
        assertThat(overlays.at("/pathParamPrefix").asText()).isNotEmpty();
        assertThat(pins.has("pathParamPrefix")).isFalse();
        assertThat(pins.at("/requeueAfterSeconds").asInt())
                .isEqualTo(60)
                .isEqualTo(overlays.at("/requeueAfterSeconds").asInt());
        assertThat(set.at("/spec/goTemplateOptions/0").asText()).isEqualTo("missingkey=error");
        assertThat(set.at("/spec/syncPolicy/applicationsSync").asText()).isEqualTo("create-update");
        assertThat(set.at("/spec/syncPolicy/preserveResourcesOnDeletion").asBoolean())
                .isTrue();
        assertThat(application.at("/spec/project").asText()).isEqualTo("models");
        assertThat(application.at("/spec/source/targetRevision").asText()).isEqualTo("refs/heads/main");
        assertThat(pins.at("/revision").asText()).isEqualTo("refs/heads/main");
        assertThat(overlays.at("/revision").asText()).isEqualTo("refs/heads/main");
        // Any other parameter would have Argo CD render one Application at a time, and could reach a pod template.
        assertThat(application.at("/spec/source/kustomize").toString()).isEqualTo("{\"ignoreMissingComponents\":true}");
        assertThat(application.at("/spec/syncPolicy/retry/refresh").asBoolean()).isTrue();
        assertThat(application.at("/spec/syncPolicy/syncOptions").toString()).contains("PruneLast=true");
        String segment = "{{ index .path.segments %d }}";
        assertThat(application.at("/metadata/name").asText())
                .isEqualTo(segment.formatted(1) + "-" + segment.formatted(2));
        assertThat(application
                        .at("/metadata/annotations/argocd.argoproj.io~1manifest-generate-paths")
                        .asText())
                .isEqualTo(".;/base;/environments/" + segment.formatted(1) + "/server");
        assertThat(application.at("/spec/destination/namespace").asText()).isEqualTo("laurel-" + segment.formatted(1));
    }

    @Test
    void anApplicationShowsItsPin() {
        JsonNode application = named(Kustomize.objects(ARGO_CD.resolve("overlays/local")), "ApplicationSet", "models")
                .at("/spec/template");
        Map<String, String> info = new TreeMap<>();
        application
                .at("/spec/info")
                .forEach(item ->
                        info.put(item.path("name").asText(), item.path("value").asText()));

        assertThat(info.keySet()).containsExactly("beat", "digest", "report", "version");
        // A key that a pin may lack is asked for, since missingkey=error would stop every other Application too.
        assertThat(info.values()).noneMatch(value -> value.matches(".*\\{\\{ *[.](version|digest) .*"));
        assertThat(info.get("report")).startsWith("{{ .values.pages }}/models/").endsWith("/report.yaml");
        // It is older than the pin for up to a minute, so it stays out of whatever is rendered.
        assertThat(application.at("/spec/source").toString()).doesNotContain(".version", ".digest", ".beats");
    }

    @Test
    void notificationsNameTheVersionThatThePinInTheClusterNames() {
        List<JsonNode> objects = Kustomize.objects(ARGO_CD.resolve("overlays/local"));
        JsonNode notifications =
                named(objects, "ConfigMap", "argocd-notifications-cm").path("data");
        JsonNode settings = named(objects, "ConfigMap", "argocd-cm").path("data");

        assertThat(settings.path("resource.customizations.health.ConfigMap").asText())
                .contains("laurel.dev/version", "laurel.dev/digest");
        assertThat(named(objects, "ConfigMap", "argocd-cmd-params-cm")
                        .at("/data/controller.resource.health.persist")
                        .asText())
                .isEqualTo("true");
        for (String template : List.of("template.deployed", "template.degraded")) {
            JsonNode texts =
                    Kustomize.objects(notifications.path(template).asText()).get(0);
            assertThat(List.of(
                            texts.path("message").asText(),
                            texts.at("/email/subject").asText(),
                            texts.at("/slack/attachments").asText(),
                            texts.at("/webhook/webhook/body").asText()))
                    .allSatisfy(text -> assertThat(text)
                            .contains("range .app.status.resources", "$pin")
                            .containsOnlyOnce("$pin := \"\"")
                            .doesNotContain("}}\n{{"));
        }
        assertThat(notifications.path("trigger.on-deployed").asText()).contains("{.kind == 'Deployment'}");
    }

    private static JsonNode generators(JsonNode set) {
        return set.at("/spec/generators/0/matrix/generators");
    }

    @Test
    void theDoorOfTheLaptopLeadsToThePodsOfTheFirstModel() {
        JsonNode door = named(Kustomize.objects(OVERLAYS.resolve("local")), "Service", "predictions");

        assertThat(door.at("/spec/ports/0/nodePort").asInt()).isEqualTo(30951);
        assertThat(door.at("/metadata/namespace").asText()).isEqualTo("laurel-production");
        // ModelsRepositoryTest holds that the pods carry these labels.
        assertThat(door.at("/spec/selector").properties())
                .extracting(label -> label.getKey() + "=" + label.getValue().asText())
                .containsExactlyInAnyOrder(
                        "app.kubernetes.io/name=laurel-server", "app.kubernetes.io/instance=production-spy-direction");
    }

    @Test
    void whatTheModelsRepositoryBringsIsWhatItsProjectAllows() throws IOException {
        JsonNode project = named(Kustomize.objects(ARGO_CD.resolve("overlays/production")), "AppProject", "models");
        List<String> allowed = new ArrayList<>();
        project.at("/spec/namespaceResourceWhitelist")
                .forEach(kind -> allowed.add(kind.path("kind").asText()));
        List<String> brought = new ArrayList<>();
        for (byte[] file : KustomizeFiles.all(
                        List.of(),
                        List.of(new Environment("production"), new Environment("local")),
                        null,
                        "https://git")
                .values()) {
            for (JsonNode object : Kustomize.objects(new String(file, UTF_8))) {
                brought.add(object.path("kind").asText());
            }
        }
        // Not applied, or lists of changes.
        brought.removeAll(List.of("Kustomization", "Component", ""));

        assertThat(brought).contains("Deployment", "Pod", "Ingress").isSubsetOf(allowed);
        assertThat(allowed).doesNotContain("Secret", "Role", "RoleBinding", "*");
    }

    @Test
    void imagesHaveTheVersionOfThisBuild() throws IOException {
        Matcher version = Pattern.compile("<version>([^<]+?)(-SNAPSHOT)?</version>")
                .matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        Pattern tag = Pattern.compile("name: ghcr.io/laurel-ml/\\S+\\s+newTag: (\\S+)");
        int found = 0;
        try (Stream<Path> files = Files.walk(OVERLAYS)) {
            for (Path file :
                    files.filter(each -> each.endsWith("kustomization.yaml")).toList()) {
                Matcher tags = tag.matcher(Files.readString(file));
                while (tags.find()) {
                    assertThat(tags.group(1)).as("%s", file).isEqualTo(version.group(1));
                    found++;
                }
            }
        }
        assertThat(found).isEqualTo(11);
    }

    @Test
    void everyFileSaysWhatItIs() throws IOException {
        for (Path folder : List.of(ROOT.resolve("manifests"), ARGO_CD)) {
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.filter(file -> file.toString().endsWith(".yaml")))
                        .allSatisfy(file -> assertThat(file).content().startsWith("# "));
            }
        }
    }

    private static JsonNode named(List<JsonNode> objects, String kind, String name) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " " + name + ": not there"));
    }

    private static Map<String, String> environment(JsonNode container) {
        Map<String, String> environment = new TreeMap<>();
        container
                .path("env")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        return environment;
    }
}
