package dev.laurel.cli.train;

import static dev.laurel.cli.Showcase.DAILY;
import static dev.laurel.cli.Showcase.PRODUCTION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.Laurel;
import dev.laurel.cli.Showcase;
import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.model.Digest;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.registry.Registry;
import dev.laurel.registry.Revision;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of one models repository, registered in another one. */
class RegisterCommandTest {
    @TempDir
    private static Path elsewhere;

    private static byte[] modelFile;

    @TempDir
    private Path folder;

    private Path repository;

    /** The files of v3 and v4, as somebody gets them out of a clone. */
    @BeforeAll
    static void train() throws IOException {
        try (Registry registry = Registry.open(Showcase.in(elsewhere))) {
            for (Version version : List.of(new Version(3), new Version(4))) {
                Revision head = registry.head();
                VersionRecord record = head.record(DAILY, version);
                Content data = Objects.requireNonNull(record.data());
                write(version + ".model", fetch(registry, record.modelFile()));
                write(version + ".csv", fetch(registry, data));
                write(version + "-report.yaml", Yaml.write(head.report(DAILY, version)));
                write(version + "-provenance.yaml", Yaml.write(head.provenance(DAILY, version)));
            }
        }
        modelFile = Files.readAllBytes(elsewhere.resolve("v3.model"));
    }

    private static byte[] fetch(Registry registry, Content content) {
        return registry.fetch(content.digest(), content.size());
    }

    private static Path write(String name, byte[] content) throws IOException {
        return Files.write(elsewhere.resolve(name), content);
    }

    @BeforeEach
    void create() {
        repository = Showcase.withOneVersion(folder);
    }

    @Test
    void measuresAndJudgesAModelThatCameWithItsRows() {
        Laurel laurel = register(
                "--file",
                "v3.model",
                "--report",
                "v3-report.yaml",
                "--provenance",
                "v3-provenance.yaml",
                "--data",
                "v3.csv");

        assertThat(laurel.exit()).as(laurel.err()).isZero();
        assertThat(laurel.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("daily: registered v2, commit [0-9a-f]{10}"),
                        line -> assertThat(line)
                                .matches("(passed|rejected) by the gate: accuracy 0\\.\\d{4} against .*"),
                        line -> assertThat(line)
                                .isEqualTo("no pin moved; 'laurel promote daily v2' makes it the champion"));
        try (Registry registry = Registry.open(repository)) {
            Revision head = registry.head();
            assertThat(head.pin(PRODUCTION, DAILY).orElseThrow().version()).isEqualTo(new Version(1));
            assertThat(Objects.requireNonNull(head.report(DAILY, new Version(2)).champion())
                            .version())
                    .isEqualTo(new Version(1));
            assertThat(head.provenance(DAILY, new Version(2)).version()).isEqualTo(new Version(2));
            assertThat(head.record(DAILY, new Version(2)).members().keySet())
                    .contains("README.md", "evaluation.svg", "profile.yaml");
            assertThat(registry.verify(null, null, (what, done, total) -> {}).faults())
                    .isEmpty();
        }
        assertThat(run("promote", "daily", "v2", "--reason", "proven elsewhere").exit())
                .isZero();
        assertThat(run("verify").out()).endsWith("no faults");
    }

    @Test
    void believesTheReportOfAModelWithoutItsRows() {
        Laurel laurel = register(
                "--file",
                "v3.model",
                "--report",
                "v3-report.yaml",
                "--provenance",
                "v3-provenance.yaml",
                "--output",
                "json");

        assertThat(laurel.out())
                .contains("\"outcome\" : \"registered\"", "\"version\" : \"v2\"", "\"verdict\" : \"rejected\"")
                .contains("not judged: the model was made elsewhere and registered without its rows");
        try (Registry registry = Registry.open(repository)) {
            VersionRecord record = registry.head().record(DAILY, new Version(2));
            assertThat(record.data()).isNull();
            assertThat(record.members().keySet()).contains("README.md").doesNotContain("evaluation.svg");
            assertThat(registry.head().report(DAILY, new Version(2)).champion()).isNull();
        }
        assertThat(run("show", "daily", "v2").exit()).isZero();
        assertThat(run("verify").out()).endsWith("no faults");
    }

    @Test
    void saysWhatLittleItKnowsWhereThereIsNoProvenance() {
        assertThat(register("--file", "v3.model", "--report", "v3-report.yaml", "--data", "v3.csv")
                        .exit())
                .isZero();
        assertThat(run("show", "daily", "v2").out())
                .contains("with Laurel unknown")
                .contains("Java unknown");
        assertThat(run("verify").out()).endsWith("no faults");
    }

    @Test
    void registersTheSameFileOnce() {
        Object[] same = {"--file", "v3.model", "--report", "v3-report.yaml", "--data", "v3.csv"};
        register(same);

        assertThat(register(same))
                .isEqualTo(new Laurel(0, "daily: this very model file is v2 already, nothing was written", ""));
    }

    @Test
    void namesWhatIsWrong() throws IOException {
        write("pointer.model", new LfsPointer(Digest.of(modelFile), modelFile.length).encode());
        write("broken.model", "not a model".getBytes(UTF_8));
        write(
                "other.yaml",
                text("v3-report.yaml").replace("model: daily", "model: weekly").getBytes(UTF_8));
        write(
                "better.yaml",
                text("v3-report.yaml")
                        .replaceFirst("(?s)(.*challenger:.*?accuracy: )[0-9.]+", "$10.99")
                        .getBytes(UTF_8));

        refused(
                "pointer.model: a Git LFS pointer (expected: the bytes of the model file; `git lfs pull -I '*' -X ''` fetches them)",
                "--file",
                "pointer.model",
                "--report",
                "v3-report.yaml");
        refused("broken.model: ", "--file", "broken.model", "--report", "v3-report.yaml");
        refused("other.yaml: model: weekly (expected: daily)", "--file", "v3.model", "--report", "other.yaml");
        refused("broken.model:1: ", "--file", "v3.model", "--report", "broken.model");
        refused(
                "better.yaml: accuracy: 0.99 (expected: 0.",
                "--file",
                "v3.model",
                "--report",
                "better.yaml",
                "--data",
                "v3.csv");
        refused("v4-report.yaml: ", "--file", "v3.model", "--report", "v4-report.yaml", "--data", "v4.csv");
        refused(
                "v3-provenance.yaml: data: sha256:",
                "--file",
                "v4.model",
                "--report",
                "v4-report.yaml",
                "--data",
                "v4.csv",
                "--provenance",
                "v3-provenance.yaml");
        refused(
                "--provenance: missing (expected: a provenance.yaml, or the rows by --data)",
                "--file",
                "v3.model",
                "--report",
                "v3-report.yaml");
        assertThat(register("--file", "v3.model").err())
                .isEqualTo("laurel: --report: missing (expected: a value; see 'laurel register --help')");
        assertThat(run("register", "daily", "--file", "nowhere", "--report", "x"))
                .isEqualTo(new Laurel(1, "", "laurel: --file: nowhere (expected: a file that can be read)"));
        assertThat(run("register", "nope", "--file", "nowhere", "--report", "x").err())
                .isEqualTo("laurel: model: nope (expected: one of daily)");
        try (Registry registry = Registry.open(repository)) {
            assertThat(registry.head().versions(DAILY)).hasSize(1);
        }
    }

    private void refused(String message, Object... arguments) {
        Laurel laurel = register(arguments);
        assertThat(laurel.exit()).as(laurel.toString()).isEqualTo(1);
        assertThat(laurel.err().replace(elsewhere + "/", ""))
                .startsWith("laurel: " + message)
                .doesNotContain("\n");
    }

    private static String text(String file) throws IOException {
        return Files.readString(elsewhere.resolve(file));
    }

    private Laurel register(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("register", "daily"));
        for (Object argument : arguments) {
            boolean file = argument.toString().matches(".*\\.(model|yaml|csv)");
            all.add(file ? elsewhere.resolve(argument.toString()) : argument);
        }
        return run(all.toArray());
    }

    private Laurel run(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--repo", repository));
        return Laurel.run(all.toArray());
    }
}
