package dev.laurel.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import dev.laurel.registry.view.Author;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerMainTest {
    private static final ModelName MODEL = new ModelName("sp500-direction");
    private static final String DEFINITION = """
            model: sp500-direction
            description: Direction of the next close.
            source: {kind: bundled, name: sp500-2000}
            target: {kind: direction, column: close, horizon: 1, up: UP, down: DOWN}
            features:
              - {name: return_1, kind: return, column: close, window: 1}
            split: {kind: rolling, training: 50, validation: 10, evaluation: 10}
            trainer: {kind: random-forest, feature_fraction: 0.5}
            experiments:
              - {trees: 2, depth: 2}
            seed: 1
            gate: {metric: accuracy, minimum_gain: 0.01, minimum_rows: 10, mode: commit}
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private Map<String, String> settings;

    @BeforeEach
    void settings() {
        settings = new TreeMap<>(Map.of(
                "LAUREL_REPO", folder.resolve("models.git").toString(),
                "LAUREL_CACHE", folder.resolve("rows").toString()));
    }

    @Test
    void trainsTheModelsThatItIsTold() {
        layDown();

        assertThat(run("sp500-direction")).isZero();
        assertThat(output.toString(UTF_8)).contains("registered v1 by ", "promoted v1 in production by ");
        assertThat(errors.toString(UTF_8)).isEmpty();
    }

    @Test
    void challengesTheChampionOfTheEnvironmentThatItIsTold() {
        layDown();
        settings.put("LAUREL_ENV", "staging");

        assertThat(run("sp500-direction")).isZero();
        assertThat(output.toString(UTF_8)).contains("promoted v1 in staging by ");
    }

    @Test
    void nothingNewIsNoFailure() {
        layDown();
        run("sp500-direction");

        assertThat(run("sp500-direction")).isZero();
        assertThat(output.toString(UTF_8)).endsWith("sp500-direction: end of the history at 2020-04-17\n");
    }

    @Test
    void oneModelThatFailsDoesNotKeepTheOthersFromTraining() {
        layDown();

        assertThat(run("gold", "sp500-direction")).isEqualTo(1);
        assertThat(errors.toString(UTF_8)).startsWith("gold: not trained: ").hasLineCount(2);
        assertThat(errors.toString(UTF_8).lines().reduce((first, last) -> last))
                .hasValueSatisfying(
                        last -> assertThat(last).startsWith("1 of 2 models failed: gold: not trained: no "));
        assertThat(output.toString(UTF_8)).contains("registered v1 by ");
    }

    /** A link to itself can be neither read nor told to be missing, like a disk or a host that is away. */
    @Test
    void aChampionOutOfReachIsNoVerdictAndNothingIsWritten() throws IOException {
        layDown(DEFINITION.replace("split: {", "split: {anchor: 2019-01-02, "));
        assertThat(run()).isZero();
        Pin champion;
        try (Registry registry = Registry.open(folder.resolve("models.git"))) {
            champion = registry.head().pin(new Environment("production"), MODEL).orElseThrow();
        }
        String hex = champion.digest().hex();
        Path bytes = folder.resolve("models.git/lfs/objects")
                .resolve(hex.substring(0, 2))
                .resolve(hex.substring(2, 4))
                .resolve(hex);
        Path away = Files.move(bytes, folder.resolve("away"));
        Files.createSymbolicLink(bytes, bytes);

        assertThat(run()).isEqualTo(1);
        assertThat(errors.toString(UTF_8))
                .startsWith("sp500-direction: not trained: bytes of sha256:" + hex)
                .hasLineCount(1);
        assertThat(newest()).isEqualTo(new Version(1));

        Files.delete(bytes);
        Files.move(away, bytes);
        assertThat(run()).isZero();
        assertThat(newest()).isEqualTo(new Version(2));
    }

    private Version newest() {
        try (Registry registry = Registry.open(folder.resolve("models.git"))) {
            return registry.head().newest(MODEL).orElseThrow();
        }
    }

    @Test
    void namesTheSettingThatIsMissing() {
        settings.remove("LAUREL_CACHE");

        assertThat(run("sp500-direction")).isEqualTo(2);
        assertThat(errors).hasToString("LAUREL_CACHE: not set (expected: the path of a folder)\n");
    }

    @Test
    void namesASigningKeyThatIsNone() {
        settings.put("LAUREL_SIGNING_KEY", folder.toString());

        assertThat(run("sp500-direction")).isEqualTo(2);
        assertThat(errors.toString(UTF_8))
                .startsWith("LAUREL_SIGNING_KEY: " + folder
                        + " (expected: the file of a private key, as ssh-keygen makes it")
                .hasLineCount(1);
    }

    @Test
    void withoutAModelTrainsEveryOneThatIsDue() {
        layDown();

        assertThat(run()).isZero();
        assertThat(output.toString(UTF_8)).contains("registered v1 by ");
        assertThat(run()).isZero();
        assertThat(output.toString(UTF_8)).endsWith("sp500-direction: end of the history at 2020-04-17\n");
    }

    @Test
    void leavesAModelAloneUntilItsScheduleSaysSo() {
        layDown(DEFINITION + "schedule: 7d\n");
        assertThat(run()).isZero();
        output.reset();

        assertThat(run()).isZero();
        assertThat(output.toString(UTF_8)).isEmpty();
        assertThat(run("sp500-direction")).isZero();
        assertThat(output.toString(UTF_8)).isEqualTo("sp500-direction: end of the history at 2020-04-17\n");
        try (Registry registry = Registry.open(folder.resolve("models.git"))) {
            Instant trained = registry.head().provenance(MODEL, new Version(1)).startedAt();
            assertThat(Due.models(registry.head(), trained.plus(Duration.ofDays(6))))
                    .isEmpty();
            assertThat(Due.models(
                            registry.head(), trained.plus(Duration.ofDays(7)).minusSeconds(60)))
                    .as("a job that begins a minute earlier than last week")
                    .containsExactly(MODEL);
        }
    }

    @Test
    void saysThatThereIsNoModelsRepository() {
        assertThat(run("sp500-direction")).isEqualTo(1);
        assertThat(errors.toString(UTF_8))
                .startsWith(folder.resolve("models.git").toString())
                .hasLineCount(1);
    }

    private void layDown() {
        layDown(DEFINITION);
    }

    private void layDown(String definition) {
        Registry.create(
                        folder.resolve("models.git"),
                        new TreeMap<>(Map.of(MODEL, definition.getBytes(UTF_8))),
                        new Author("Alice", "alice@laurel.example"))
                .close();
    }

    private int run(String... models) {
        return TrainerMain.run(
                List.of(models), settings, new PrintStream(output, true, UTF_8), new PrintStream(errors, true, UTF_8));
    }
}
