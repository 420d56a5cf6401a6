package dev.laurel.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import dev.laurel.registry.layout.workflows.WorkflowFiles;
import dev.laurel.registry.outcome.Beginning;
import dev.laurel.registry.view.Author;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The workflows of a models repository, step by step as they stand, in clones of a real one: it was trained by the steps of train.yml, and has a
 * promotion on a branch that passes the gate. Long since that repository is dear to make, so that all who need it are in one place.
 */
class ModelsWorkflowsTest {
    private static final ModelName DAILY = new ModelName("daily");
    private static final Author ALICE = new Author("Alice", "alice@laurel.example");
    private static final String PIN = "environments/production/daily/champion.yaml";
    private static final String DEFINITION = "models/daily/model.yaml";
    private static final String PROMOTION = "origin/promote/production/daily/v2";

    @TempDir
    private static Path shared;

    private static Path kept;
    private static Runner installed;

    @TempDir
    private Path folder;

    private Path bare;
    private Clone clone;

    @BeforeAll
    static void train() throws IOException {
        kept = shared.resolve("models.git");
        SortedMap<String, byte[]> files = WorkflowFiles.all(List.of("@desk/owners"));
        files.put(".github/laurel/release.sha256", release().getBytes(UTF_8));
        String definition = definition().replace("minimum_gain: 0.01", "minimum_gain: -1.0");
        Registry.create(kept, new Beginning(new TreeMap<>(Map.of(DAILY, definition.getBytes(UTF_8))), files), ALICE)
                .close();
        Clone clone = Clone.of(kept, shared.resolve("clone"));

        installed = new Runner(shared.resolve("runner"), clone.folder(), training(kept));
        JsonNode workflow = Workflows.laidDown("train.yml");
        assertThat(passed(installed.run(workflow, "train", "Install the Laurel that main pins")))
                .startsWith("laurel ");
        assertThat(passed(installed.run(workflow, "train", "Train"))).contains("v1");
        clone.pull();
        clone.git("checkout", "--quiet", "main");
        write(clone, DEFINITION, definition.replace("mode: commit", "mode: pull-request"));
        clone.git("commit", "--quiet", "--all", "--message", "Ask people");
        clone.git("push", "--quiet");
        passed(installed.run(workflow, "train", "Train"));
    }

    private static Map<String, String> training(Path repository) {
        Map<String, String> given = new HashMap<>(Map.of(
                "inputs.model", "",
                "github.event.before", "",
                "secrets.LAUREL_SIGNING_KEY", "",
                "vars.LAUREL_ENVIRONMENT || 'production'", "production",
                "steps.app.outputs.token || secrets.LAUREL_TOKEN || github.token", "t0ken",
                "vars.LAUREL_DOWNLOADS", shared.resolve("downloads").toUri().toString()));
        given.putAll(address(repository));
        return given;
    }

    /** {@code <server>/<owner>/<name>.git} of a repository on this disk. */
    private static Map<String, String> address(Path repository) {
        String name = repository.getFileName().toString().replace(".git", "");
        return Map.of(
                "github.server_url",
                repository.getParent().getParent().toString(),
                "github.repository",
                repository.getParent().getFileName() + "/" + name);
    }

    private static String definition() throws IOException {
        try (InputStream file = ModelsWorkflowsTest.class.getResourceAsStream("/daily.yaml")) {
            return new String(Objects.requireNonNull(file, "daily.yaml").readAllBytes(), UTF_8);
        }
    }

    /** A release of the classes under test, and the line that pins it. */
    private static String release() throws IOException {
        Path laurel = Files.createDirectories(shared.resolve("release/laurel-9.9.9/lib"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(System.getProperty("java.class.path").split(":"))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(laurel.resolve("laurel.jar")), manifest).close();
        Path command = laurel.resolveSibling("laurel");
        Files.writeString(
                command,
                "#!/bin/sh\nexec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp \"$(dirname \"$0\")/lib/*\" dev.laurel.cli.Main \"$@\"\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        Path downloads = Files.createDirectories(shared.resolve("downloads/v9.9.9"));
        shell(shared, "tar -czf downloads/v9.9.9/laurel-9.9.9.tar.gz -C release laurel-9.9.9");
        return "# A comment.\n" + shell(downloads, "sha256sum laurel-9.9.9.tar.gz");
    }

    private static String shell(Path folder, String command) throws IOException {
        Process process = new ProcessBuilder("bash", "-ec", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    @BeforeEach
    void copy() throws IOException {
        bare = folder.resolve("desk/models.git");
        Files.createDirectories(bare.getParent());
        shell(folder, "cp -r '%s' '%s'".formatted(kept, bare));
        clone = Clone.of(bare, folder.resolve("work"));
    }

    private static void write(Clone clone, String path, String text) throws IOException {
        Path file = clone.folder().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String passed(Runner.Result result) {
        assertThat(result.exit()).as(result.text()).isZero();
        return result.text();
    }

    /** Commits all that was changed, pushes it on a branch, and goes back to main. */
    private String proposed() {
        clone.git("add", "--all");
        clone.git("commit", "--quiet", "--message", "Propose something");
        clone.git("push", "--quiet", "origin", "HEAD:refs/heads/proposal");
        String head = clone.git("rev-parse", "HEAD").strip();
        clone.git("reset", "--quiet", "--hard", "origin/main");
        return head;
    }

    /** What the job gate makes of a head, in a clone of the base. */
    private final class Gate {
        private final JsonNode workflow = Workflows.laidDown("gate.yml");
        private final Clone base = Clone.of(bare, folder.resolve("base"));
        private final Runner runner;
        private Runner.Result judged = new Runner.Result(-1, "");

        Gate(String head, boolean queue) throws IOException {
            runner = new Runner(
                            folder.resolve("runner"),
                            base.folder(),
                            Map.of(
                                    "github.event.pull_request.head.sha || github.event.merge_group.head_sha",
                                    head,
                                    "github.event_name == 'merge_group'",
                                    Boolean.toString(queue)))
                    .having(installed);
            passed(runner.run(workflow, "gate", "Fetch the head as data"));
        }

        Gate judge() throws IOException {
            judged = runner.run(workflow, "gate", "Judge");
            return this;
        }

        String verdict() throws IOException {
            return runner.output("verdict");
        }
    }

    private Gate gate(String head) throws IOException {
        return new Gate(head, false).judge();
    }

    @Test
    void aGoodPromotionPassesByTheBytesThatItNeedsAndNoOthers() throws IOException {
        Gate gate = gate(clone.git("rev-parse", PROMOTION).strip());

        passed(gate.judged);
        assertThat(gate.verdict())
                .startsWith("## Gate: passed\n")
                .contains("### daily in production: v1 → v2")
                .containsPattern("    verified: 1 commits, 0 versions, 1 pins, \\d+ bytes: no faults");
        assertThat(gate.base.git("lfs", "ls-files", "--all")).contains("models/daily/versions/00/v1/daily.model");
        try (Stream<Path> objects = Files.walk(gate.base.folder().resolve(".git/lfs/objects"))) {
            // Both model files, and the rows of both.
            assertThat(objects.filter(Files::isRegularFile)).hasSizeBetween(3, 4);
        }
    }

    @Test
    void aPromotionByARelaxedGateIsRejectedAndTheVerdictSaysWhy() throws IOException {
        String relaxed = Files.readString(clone.folder().resolve(DEFINITION));
        write(clone, DEFINITION, relaxed.replace("minimum_gain: -1.0", "minimum_gain: 0.9"));
        clone.git("commit", "--quiet", "--all", "--message", "Tighten the gate");
        clone.git("push", "--quiet");
        write(clone, DEFINITION, relaxed);
        clone.git("checkout", PROMOTION, "--", PIN);

        Gate gate = gate(proposed());

        assertThat(gate.judged.exit()).as(gate.judged.text()).isEqualTo(3);
        assertThat(gate.verdict())
                .startsWith("## Gate: rejected\n")
                .contains("(expected: at least +0.9000)", "promoted together with " + DEFINITION);
    }

    @Test
    void whatTheHeadPlantsIsNeitherExecutedNorCheckedOutNorAsked() throws IOException {
        Path executed = folder.resolve("executed");
        String evil = "#!/bin/sh\ntouch " + executed + "\n";
        write(clone, ".github/laurel/install.sh", evil);
        write(clone, ".githooks/post-checkout", evil);
        write(clone, "laurel", evil);
        write(clone, ".gitattributes", "* filter=evil merge=evil diff=evil\n");
        write(clone, ".lfsconfig", "[lfs]\n\turl = http://127.0.0.1:1/evil\n");
        write(
                clone,
                "laurel.yaml",
                "format_version: 1\nforge: {kind: gitea, url: http://127.0.0.1:1, repository: e/v}\n");
        write(
                clone,
                DEFINITION,
                Files.readString(clone.folder().resolve(DEFINITION))
                        .replaceFirst(
                                "(?s)source:.*?target:",
                                "source: {kind: yahoo, ticker: EVIL, interval: 1d, fallback: sp500-2000}\ntarget:"));
        clone.git("checkout", PROMOTION, "--", PIN);
        clone.git("update-index", "--add", "--chmod=+x", "laurel", ".githooks/post-checkout");

        Gate gate = gate(proposed());

        assertThat(gate.judged.exit()).as(gate.judged.text()).isEqualTo(3);
        assertThat(gate.verdict()).contains("### daily in production: v1 → v2", "promoted together with");
        assertThat(executed).doesNotExist();
        assertThat(gate.base.git("status", "--porcelain", "--ignored")).isEmpty();
        assertThat(gate.base.git("rev-parse", "HEAD")).isEqualTo(clone.git("rev-parse", "origin/main"));
    }

    @Test
    void aChangedVersionIsAFaultAlsoWhereNoPinMoves() throws IOException {
        write(clone, "models/daily/versions/00/v1/README.md", "a better card\n");

        Gate gate = gate(proposed());

        assertThat(gate.judged.exit()).as(gate.judged.text()).isEqualTo(3);
        assertThat(gate.verdict()).contains("v1 of daily is registered already and never changes");
    }

    @Test
    void aHeadThatCannotBeMergedIsNotSound() throws IOException {
        write(clone, "README.md", "one\n");
        String head = proposed();
        write(clone, "README.md", "other\n");
        clone.git("commit", "--quiet", "--all", "--message", "Meanwhile");
        clone.git("push", "--quiet");

        Gate gate = gate(head);

        assertThat(gate.judged.exit()).as(gate.judged.text()).isEqualTo(1);
        assertThat(gate.verdict()).contains("    cannot be merged into main", "README.md");
    }

    @Test
    void aMergeQueueIsJudgedByTheCommitThatItMadeWithItsSignature() throws IOException {
        shell(folder, "ssh-keygen -q -t ed25519 -N '' -C ada@example.org -f key");
        String key = Files.readString(folder.resolve("key.pub")).strip();
        write(
                clone,
                "laurel.yaml",
                "format_version: 1\nsigners:\n  - {name: Ada, key: %s, roles: [maintain]}\n".formatted(key));
        clone.git("config", "gpg.format", "ssh");
        clone.git("config", "user.signingkey", folder.resolve("key.pub").toString());
        clone.git("commit", "--quiet", "--all", "-S", "--message", "Name signers");
        clone.git("push", "--quiet");

        passed(gate(clone.git("rev-parse", PROMOTION).strip()).judged);
        passed(queued("-S").judged);
        Gate unsigned = queued("--no-gpg-sign");
        assertThat(unsigned.judged.exit()).as(unsigned.judged.text()).isEqualTo(3);
        assertThat(unsigned.verdict())
                .startsWith("## Gate: passed\n")
                .contains("unsigned (expected: signed by one who may promote:production: Ada)");
    }

    private Gate queued(String signature) throws IOException {
        clone.git("merge", "--quiet", "--no-ff", signature, PROMOTION, "--message", "Merge the promotion");
        clone.git("push", "--quiet", "origin", "HEAD:refs/heads/queue/" + signature);
        String head = clone.git("rev-parse", "HEAD").strip();
        clone.git("reset", "--quiet", "--hard", "origin/main");
        shell(folder, "rm -rf base runner");
        return new Gate(head, true).judge();
    }

    @Test
    void withoutAPinNothingIsInstalledAndAnotherArchiveIsRefused() throws IOException {
        String install =
                "RUNNER_TEMP=$PWD GITHUB_ENV=/dev/null GITHUB_PATH=/dev/null LAUREL_DOWNLOADS=%s bash %s/install.sh 2>&1 || echo exit $?"
                        .formatted(
                                shared.resolve("downloads").toUri(),
                                clone.folder().resolve(".github/laurel"));

        write(clone, ".github/laurel/release.sha256", "0".repeat(64) + "  laurel-9.9.9.tar.gz\n");
        assertThat(shell(folder, install))
                .contains("laurel-9.9.9.tar.gz: FAILED")
                .endsWith("exit 1\n");
        assertThat(folder.resolve("laurel-9.9.9/laurel")).doesNotExist();

        write(
                clone,
                ".github/laurel/release.sha256",
                new String(WorkflowFiles.all(List.of()).get(".github/laurel/release.sha256"), UTF_8));
        assertThat(shell(folder, install))
                .contains("release.sha256: no release is pinned (expected: ")
                .endsWith("exit 1\n");
    }

    @Test
    void aChangedDefinitionIsTrainedWhetherItIsDueOrNot() throws IOException {
        String before = clone.git("rev-parse", "HEAD").strip();
        String definition = Files.readString(clone.folder().resolve(DEFINITION));
        write(clone, DEFINITION, definition.replace("mode: pull-request", "mode: manual") + "schedule: 30d\n");
        clone.git("commit", "--quiet", "--all", "--message", "Once a month");
        clone.git("push", "--quiet");

        trained("");
        assertThat(newest()).isEqualTo("v2");
        trained(before);
        assertThat(newest()).isEqualTo("v3");
    }

    private void trained(String before) throws IOException {
        Map<String, String> given = training(bare);
        given.put("github.event.before", before);
        shell(folder, "rm -rf runner");
        Runner runner = new Runner(folder.resolve("runner"), clone.folder(), given).having(installed);
        passed(runner.run(Workflows.laidDown("train.yml"), "train", "Train"));
        clone.pull();
    }

    private String newest() {
        return clone.git("ls-tree", "--name-only", "HEAD", "models/daily/versions/00/")
                .strip()
                .replaceFirst("(?s).*/", "");
    }

    private Runner.Result promoted(Map<String, String> more) throws IOException {
        Map<String, String> given = training(bare);
        given.putAll(Map.of(
                "inputs.version", "v2",
                "inputs.environment", "production",
                "inputs.reason", "calmer \"$(touch executed)\" --in May",
                "inputs.as", "commit",
                "github.actor", "ada",
                "github.actor_id", "7"));
        given.put("inputs.model", "daily");
        given.putAll(more);
        shell(folder, "rm -rf runner");
        Runner runner = new Runner(folder.resolve("runner"), clone.folder(), given).having(installed);
        Runner.Result result = runner.run(Workflows.laidDown("promote.yml"), "promote", "Promote");
        clone.pull();
        return result;
    }

    @Test
    void aPromotionByHandCarriesWhoAndWhy() throws IOException {
        assertThat(passed(promoted(Map.of()))).contains("daily in production: v1 -> v2, commit ");

        assertThat(clone.git("log", "-1", "--format=%an <%ae>")).isEqualTo("ada <7+ada@users.noreply.github.com>\n");
        assertThat(clone.folder().resolve(PIN))
                .content()
                .contains("version: v2", "by: person", "calmer", "$(touch executed)", "--in May");
        assertThat(clone.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void aPromotionByHandMayBeProposed() throws IOException {
        assertThat(passed(promoted(Map.of("inputs.as", "pull-request"))))
                .contains("daily in production: v1 -> v2 proposed, branch promote/production/daily/v2");
        assertThat(clone.folder().resolve(PIN)).content().contains("version: v1");
    }

    @Test
    void inputsThatLookLikeOptionsAreNames() throws IOException {
        for (Map<String, String> input : List.of(
                Map.of("inputs.model", "--repo=https://evil.example/x/y"),
                Map.of("inputs.version", "--pull-request"),
                Map.of("inputs.environment", "production --help"),
                Map.of("inputs.version", "v999"))) {
            Runner.Result result = promoted(input);
            assertThat(result.exit()).as("%s: %s", input, result.text()).isIn(1, 2);
            assertThat(result.text()).contains("laurel: ");
        }
        assertThat(clone.folder().resolve(PIN)).content().contains("version: v1");
    }

    @Test
    void theCommentIsWrittenOnceAndChangedFromThenOn() throws IOException {
        List<String> requests = new ArrayList<>();
        List<String> comments = new ArrayList<>(
                List.of("{\"id\": 5, \"user\": {\"login\": \"mallory\"}, \"body\": \"<!-- laurel gate -->\"}"));
        HttpServer host = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        host.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            requests.add("%s %s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            exchange.getRequestHeaders().getFirst("Authorization"),
                            body));
            if (exchange.getRequestMethod().equals("POST")) {
                comments.add("{\"id\": 6, \"user\": {\"login\": \"github-actions[bot]\"}, "
                        + body.strip().substring(1));
            }
            byte[] answer = comments.toString().getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer);
            }
        });
        host.start();
        try {
            for (int run = 1; run <= 2; run++) {
                Runner runner = new Runner(
                        folder.resolve("runner" + run),
                        clone.folder(),
                        Map.of(
                                "github.token", "t0ken",
                                "github.api_url",
                                        "http://127.0.0.1:" + host.getAddress().getPort(),
                                "github.repository", "desk/models",
                                "github.server_url", "https://host.example",
                                "github.run_id", "42",
                                "github.event.pull_request.number", "7",
                                "needs.gate.outputs.verdict", "## Gate: passed\n\n\"quoted\" $(touch x) `x`"));
                passed(runner.run(Workflows.laidDown("gate.yml"), "comment", "Say so in one comment"));
            }
        } finally {
            host.stop(0);
        }

        String page = "/repos/desk/models/issues/7/comments?per_page=100&page=1 Bearer t0ken ";
        assertThat(requests).hasSize(4).allMatch(request -> request.contains(" Bearer t0ken "));
        assertThat(requests.get(0)).isEqualTo("GET " + page);
        assertThat(requests.get(1))
                .startsWith("POST /repos/desk/models/issues/7/comments ")
                .contains(
                        "<!-- laurel gate -->\\n## Gate: passed\\n\\n\\\"quoted\\\" $(touch x) `x`",
                        "(https://host.example/desk/models/actions/runs/42)");
        assertThat(requests.get(2)).isEqualTo("GET " + page);
        assertThat(requests.get(3)).startsWith("PATCH /repos/desk/models/issues/comments/6 ");
    }
}
