package dev.laurel.run;

import static dev.laurel.run.DefinitionFixture.MODEL;
import static dev.laurel.run.DefinitionFixture.define;
import static dev.laurel.run.Home.ALICE;
import static dev.laurel.run.Home.PRODUCTION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Trainer;
import dev.laurel.drift.Profiles;
import dev.laurel.feature.FittedFeatures;
import dev.laurel.judge.Bisection;
import dev.laurel.judge.Bisection.Trial;
import dev.laurel.judge.Bisector;
import dev.laurel.learn.Learners;
import dev.laurel.learn.Lesson;
import dev.laurel.model.Environment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.predictor.Compiled;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.PredictorFormat;
import dev.laurel.predictor.Signature;
import dev.laurel.registry.outcome.Draft;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.sample.Sample;
import dev.laurel.table.Table;
import dev.laurel.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Champions that learned from rows that go up and down in turn, some of them the wrong way round. */
class BisectorTest {
    private static final Table ROWS =
            Tables.of(IntStream.range(0, 60).mapToDouble(row -> 100 + row % 2).toArray());

    @TempDir
    private Path folder;

    private Home home;
    private final List<Trial> seen = new ArrayList<>();

    @BeforeEach
    void create() {
        home = new Home(folder, define().build());
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void findsTheFirstPromotionInLog2OfTheEvaluations() {
        promote(9, 6);

        Bisection bisection = bisect(Metric.ACCURACY, 0.5);

        assertThat(bisection.found().version()).isEqualTo(new Version(6));
        assertThat(bisection.before().version()).isEqualTo(new Version(5));
        assertThat(bisection.champions()).isEqualTo(9);
        assertThat(bisection.trials())
                .isEqualTo(seen)
                .extracting(trial -> trial.version().number())
                .containsExactly(9, 1, 5, 7, 6);
        assertThat(bisection.found())
                .extracting(Trial::author, Trial::rows, Trial::below)
                .containsExactly("Alice", 56, true);
        assertThat(bisection.found().commit())
                .isEqualTo(home.registry
                        .head()
                        .changes(PRODUCTION, MODEL, 4)
                        .get(3)
                        .commit());
    }

    @Test
    void aNewestChampionThatIsNotBelowNeedsNoSearch() {
        promote(3, 9);

        Bisection bisection = bisect(Metric.ACCURACY, 0.5);

        assertThat(bisection.found()).isNull();
        assertThat(seen).hasSize(1);
    }

    @Test
    void aFirstChampionThatIsBelowIsTheOne() {
        promote(3, 1);

        Bisection bisection = bisect(Metric.ACCURACY, 0.5);

        assertThat(bisection.found().version()).isEqualTo(new Version(1));
        assertThat(bisection.before()).isNull();
        assertThat(seen).hasSize(2);
    }

    @Test
    void lessIsBetterForALoss() {
        promote(4, 3);

        assertThat(bisect(Metric.LOG_LOSS, 0.7).found().version()).isEqualTo(new Version(3));
        assertThat(bisect(Metric.BRIER, 1.5).found()).isNull();
    }

    @Test
    void championsWhoseBytesAreGoneAreSkipped() throws IOException {
        promote(5, 4);
        Files.delete(home.lfsObject(home.record(1).modelFile()));
        Files.delete(home.lfsObject(home.record(4).modelFile()));

        Bisection bisection = bisect(Metric.ACCURACY, 0.5);

        assertThat(bisection.found().version()).isEqualTo(new Version(5));
        assertThat(bisection.before().version()).isEqualTo(new Version(3));
        assertThat(bisection.skipped())
                .extracting(skipped -> skipped.version().number())
                .containsExactly(1, 4);
        assertThat(bisection.skipped().get(1).reason()).startsWith("v4 cannot be evaluated: bytes of sha256:");
    }

    @Test
    void whatCannotBeBisectedIsSaid() {
        promote(1, 9);

        assertThatThrownBy(() -> bisector(ROWS, Metric.ACCURACY, 0.5).bisect(new Environment("shadow"), MODEL))
                .isInstanceOf(RegistryException.class)
                .hasMessage("spy-direction in shadow: no version was ever pinned, so there is nothing to bisect");
        assertThatThrownBy(
                        () -> bisector(ROWS.slice(0, 4), Metric.ACCURACY, 0.5).bisect(PRODUCTION, MODEL))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("rows of data: 4 (expected: 5 or more)");
        assertThatThrownBy(() -> bisector(ROWS.slice(0, 5), Metric.AUC, 0.5).bisect(PRODUCTION, MODEL))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("auc: undefined (expected: rows with all labels)");
    }

    private Bisection bisect(Metric metric, double below) {
        seen.clear();
        return bisector(ROWS, metric, below).bisect(PRODUCTION, MODEL);
    }

    private Bisector bisector(Table rows, Metric metric, double below) {
        return new Bisector(home.registry, definition -> rows, metric, below, seen::add);
    }

    /** Champions v1 and so on, wrong from one of them on. */
    private void promote(int versions, int wrongFrom) {
        for (int version = 1; version <= versions; version++) {
            home.registry.register(new Trained(modelFile(version, version >= wrongFrom)), ALICE);
            home.registry.promote(PRODUCTION, MODEL, new Version(version), "the next one", ALICE);
        }
    }

    private static byte[] modelFile(int seed, boolean wrong) {
        Definition definition = define().seed(seed).build();
        int[] rows = IntStream.range(3, 59).toArray();
        Task task = definition.target().task(ROWS, rows);
        FittedFeatures features = FittedFeatures.fit(definition.features(), definition.fillings(), ROWS, rows);
        Sample sample = Sample.of(features, definition.target(), task, ROWS, ROWS, rows);
        double[] taught = DoubleStream.of(sample.truth())
                .map(label -> wrong ? 1 - label : label)
                .toArray();
        Compiled forest = Learners.fit(
                new Trainer.RandomForest(20, 3, 0.5, 2, 1), new Lesson(sample.vectors(), taught, task), seed);
        return new ModelFile(
                        definition,
                        Signature.of(definition, ROWS, features.outputs(), task),
                        features.state(),
                        Profiles.of(features.outputs(), sample.vectors(), task, taught),
                        PredictorFormat.encode(forest))
                .encode();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Trained(byte[] modelFile) implements Draft {
        @Override
        public ModelName model() {
            return MODEL;
        }

        @Override
        public byte[] data() {
            return null;
        }

        @Override
        public SortedMap<String, byte[]> documents(Version version) {
            return new TreeMap<>(Map.of("README.md", "# Trained for a test\n".getBytes(UTF_8)));
        }

        @Override
        public String summary() {
            return "trained for a test";
        }
    }
}
