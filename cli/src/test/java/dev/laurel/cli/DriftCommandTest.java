package dev.laurel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.drift.DriftOutcome;
import dev.laurel.drift.DriftReport;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drift of a model that was really trained: two numbers, one word, and what follows from them. */
class DriftCommandTest {
    private static final ModelName FLATS = new ModelName("flats");
    private static final Environment PRODUCTION = new Environment("production");
    private static final String DEFINITION = """
            model: flats
            description: The rent of a flat.
            source: {kind: csv, path: flats.csv}
            columns:
              - {column: rooms, missing: median}
            target: {kind: value, column: rent, horizon: 0, unit: EUR}
            features:
              - {name: area, kind: column, column: area}
              - {name: rooms, kind: column, column: rooms}
              - {name: district, kind: one-hot, column: district}
            split: {kind: hashed, training: 0.5, validation: 0.25, evaluation: 0.25}
            trainer: {kind: linear}
            seed: 42
            gate: {metric: rmse, minimum_gain: 0.01, minimum_rows: 20, mode: commit}
            on_drift: %s
            """;

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private Path repository;

    @BeforeAll
    static void train() throws IOException {
        Files.writeString(shared.resolve("flats.csv"), flats(1, 1000, 0, "Hafen"));
        for (String action : new String[] {"hold", "propose", "retrain"}) {
            Path models = shared.resolve(action + ".git");
            TreeMap<ModelName, byte[]> definitions = new TreeMap<>();
            definitions.put(FLATS, DEFINITION.formatted(action).getBytes(UTF_8));
            Registry.create(models, definitions, Showcase.ALICE).close();
            Laurel trained = Laurel.run("train", FLATS, "--offline", "--data", shared, "--repo", models);
            assertThat(trained.exit()).as(trained.toString()).isZero();
        }
    }

    @BeforeEach
    void choose() {
        repository = shared.resolve("hold.git");
    }

    @Test
    void rowsLikeThoseOfTrainingAreNoDrift() throws IOException {
        Laurel laurel = drift(write("rows.csv", flats(2, 500, 0, "Hafen")));

        assertThat(laurel.exit()).as(laurel.toString()).isZero();
        assertThat(laurel.out()).startsWith("flats v1: 500 rows; no drift\n  steady ");
    }

    @Test
    void tooFewRowsAreNotNoDrift() throws IOException {
        Laurel laurel = drift(write("rows.csv", flats(2, 30, 0, "Hafen")));

        assertThat(laurel.exit()).isEqualTo(4);
        assertThat(laurel.out())
                .matches("(?s)flats v1: 30 rows; too few rows to tell: 30 \\(expected: \\d+ or more\\)\n.*");
        assertThat(drift(write("empty.csv", "area,rooms,district,rent\n")).exit())
                .isEqualTo(4);
        assertThat(drift(write("nothing.csv", "")).exit()).isEqualTo(1);
    }

    @Test
    void oneServerIsNotCountedTwice() {
        Laurel laurel = Laurel.run(
                "drift",
                FLATS,
                "--server",
                "http://localhost:1",
                "--server",
                "http://localhost:1/",
                "--repo",
                repository);

        assertThat(laurel.exit()).isOne();
        assertThat(laurel.err())
                .endsWith(
                        "--server: http://localhost:1/ (expected: each replica once, since their counts are added up)");
    }

    /** A third of the rows cannot be answered for, since the definition has no rule for them. */
    @Test
    void valuesThatAreMissingWithoutARuleAreDriftAndTheirRowsAreCounted() throws IOException {
        String[] lines = flats(2, 500, 0, "Hafen").split("\n");
        for (int line = 3; line < lines.length; line += 3) {
            lines[line] = lines[line].replaceFirst("^[^,]*", "");
        }
        lines[1] = lines[1].replaceFirst("^[^,]*", "many");

        Laurel laurel = drift(write("rows.csv", String.join("\n", lines) + "\n"));

        assertThat(laurel.exit()).as(laurel.toString()).isEqualTo(3);
        assertThat(laurel.out())
                .startsWith("flats v1: 333 rows; drift: area\n")
                .contains("missing of area: distance 0.333", "missing 33.3 %, was 0.0 %");
        assertThat(laurel.err()).contains("167 rows cannot be answered for");
    }

    @Test
    void namesWhatDriftsInEachForm() throws IOException {
        Path rows = write("rows.csv", flats(2, 500, 40, "Neustadt"));
        Path page = folder.resolve("drift.md");
        Path document = folder.resolve("drift.yaml");

        Laurel laurel = drift(rows, "--output-file", page, "--output-file", document, "--output", "json");

        assertThat(laurel.exit()).as(laurel.toString()).isEqualTo(3);
        assertThat(laurel.out()).contains("\"kind\" : \"drifted\"", "\"unseen\" : [ \"Neustadt\" ]");
        DriftReport report = Yaml.read(Files.readAllBytes(document), "drift.yaml", DriftReport.class);
        assertThat(report.drift().outcome())
                .isInstanceOfSatisfying(
                        DriftOutcome.Drifted.class,
                        drifted -> assertThat(drifted.columns())
                                .contains("area", "district", "value")
                                .doesNotContain("rooms"));
        assertThat(Files.readString(page))
                .startsWith("# Drift of flats v1\n\n**Drift: `area`, `district`, `value`.**")
                .contains(
                        "![The shares of training and of now](drift.svg)",
                        "Never seen in training, in `district`: `Neustadt`.");
        assertThat(Files.readString(folder.resolve("drift.svg")))
                .startsWith("<svg ")
                .contains(">area *<");
    }

    @Test
    void saysWhichFeaturesChangedTheAnswers() throws IOException {
        Laurel laurel = Laurel.run(
                "explain-drift", FLATS, "--input", write("rows.csv", flats(2, 500, 40, "Hafen")), "--repo", repository);

        assertThat(laurel.exit()).as(laurel.toString()).isZero();
        assertThat(laurel.out())
                .startsWith("flats v1: mean value ")
                .containsPattern("\n +9\\d\\.\\d %  \\+3\\d\\d\\.\\d+  area\n");
    }

    @Test
    void aReportIsKeptOnceAndVerified() throws IOException {
        Path rows = write("rows.csv", flats(3, 500, 0, "Hafen"));

        Laurel first = drift(rows, "--commit");
        Laurel again = drift(rows, "--commit");

        assertThat(first.err()).matches("models/flats/drift/v1-[0-9a-f]{12}: kept, commit [0-9a-f]{10}");
        assertThat(again.err()).endsWith(": is there already");
        Laurel verified = Laurel.run("verify", "--repo", repository);
        assertThat(verified.exit()).as(verified.toString()).isZero();
    }

    @Test
    void holdsThePinUntilAPersonReleasesIt() throws IOException {
        Laurel held = drift(write("rows.csv", flats(4, 500, 40, "Hafen")), "--act", "--offline", "--data", shared);

        assertThat(held.exit()).isEqualTo(3);
        assertThat(held.err()).endsWith("flats in production: held; 'laurel release flats' ends it");
        try (Registry registry = Registry.open(repository)) {
            assertThat(registry.head().hold(PRODUCTION, FLATS)).hasValueSatisfying(hold -> {
                assertThat(hold.isForDrift()).isTrue();
                assertThat(hold.from()).isEqualTo(new Version(1));
            });
        }
        assertThat(Laurel.run("status", "--repo", repository).out()).contains("(drift of v1)");
        assertThat(Laurel.run("release", FLATS, "--repo", repository).exit()).isZero();
        try (Registry registry = Registry.open(repository)) {
            assertThat(registry.head().hold(PRODUCTION, FLATS)).isEmpty();
        }
        Laurel verified = Laurel.run("verify", "--repo", repository);
        assertThat(verified.exit()).as(verified.toString()).isZero();
    }

    @Test
    void trainsAtOnceAndProposesOrPromotes() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("flats.csv"), flats(5, 1000, 40, "Hafen"));
        Path rows = write("rows.csv", flats(6, 500, 40, "Hafen"));
        for (String action : new String[] {"propose", "retrain"}) {
            repository = shared.resolve(action + ".git");
            Laurel laurel = drift(rows, "--act", "--offline", "--data", data);
            assertThat(laurel.exit()).as(laurel.toString()).isEqualTo(3);
            try (Registry registry = Registry.open(repository)) {
                assertThat(registry.head().newest(FLATS)).contains(new Version(2));
                assertThat(registry.proposals(PRODUCTION, FLATS)).hasSize(action.equals("propose") ? 1 : 0);
            }
            assertThat(drift(rows, "v1", "--act", "--offline", "--data", data).err())
                    .endsWith(": acted on already");
        }
    }

    @Test
    void predictsAndMeasuresInOne() throws IOException {
        Path rows = write("rows.csv", flats(2, 500, 40, "Hafen"));

        Laurel laurel = Laurel.run(
                "predict", FLATS, "--from", rows, "--to", folder.resolve("out.csv"), "--drift", "--repo", repository);

        assertThat(laurel.exit()).as(laurel.toString()).isZero();
        assertThat(laurel.err()).contains("flats v1: 500 rows; drift: area, value\n  drifted ");
    }

    private Laurel drift(Path rows, Object... more) {
        Object[] words = new Object[6 + more.length];
        System.arraycopy(new Object[] {"drift", FLATS, "--input", rows, "--repo", repository}, 0, words, 0, 6);
        System.arraycopy(more, 0, words, 6, more.length);
        return Laurel.run(words);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Ten euros a square metre, and two hundred a room. */
    private static String flats(long seed, int rows, double shift, String district) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("area,rooms,district,rent\n");
        for (int row = 0; row < rows; row++) {
            double area = Math.rint(10 * (80 + shift + 20 * random.nextGaussian())) / 10;
            int rooms = 1 + random.nextInt(4);
            text.append("%s,%s,%s,%s\n"
                    .formatted(
                            area,
                            random.nextInt(20) == 0 ? "" : rooms,
                            random.nextBoolean() ? "Altstadt" : district,
                            10 * area + 200 * rooms + 10 * random.nextGaussian()));
        }
        return text.toString();
    }
}
