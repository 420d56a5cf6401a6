package dev.laurel.run;

import static dev.laurel.run.DefinitionFixture.define;
import static dev.laurel.run.DefinitionFixture.forest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Balance;
import dev.laurel.definition.Calibrate;
import dev.laurel.definition.Definition;
import dev.laurel.definition.Range;
import dev.laurel.definition.Search.Pruning;
import dev.laurel.definition.Search.RandomSearch;
import dev.laurel.definition.Search.Tpe;
import dev.laurel.definition.Trainer;
import dev.laurel.drift.Profile;
import dev.laurel.evaluation.Report.ExperimentResult;
import dev.laurel.feature.Feature;
import dev.laurel.feature.MovingAverage;
import dev.laurel.judge.Contender;
import dev.laurel.model.Digest;
import dev.laurel.model.Experiment;
import dev.laurel.model.Metric;
import dev.laurel.predictor.ModelFile;
import dev.laurel.search.Effort;
import dev.laurel.search.KeptTrials;
import dev.laurel.search.SearchOutcome;
import dev.laurel.split.Rolling;
import dev.laurel.split.Sides;
import dev.laurel.split.Split;
import dev.laurel.split.WalkForward;
import dev.laurel.table.Table;
import dev.laurel.task.Change;
import dev.laurel.task.Direction;
import dev.laurel.task.Predictions;
import dev.laurel.task.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search with real fits. */
class SearchTest {
    private static final List<Experiment> EXPERIMENTS = List.of(forest(3, 1), forest(9, 4), forest(5, 2), forest(1, 8));
    private static final Experiment ONE = forest(7, 4);

    private final Table walk = Tables.walk(define().neededRows(), 5);
    private final Sides sides = define().build().sides(walk);

    @ParameterizedTest
    @EnumSource(names = {"ACCURACY", "LOG_LOSS", "AUC"})
    void choosesTheBestOnTheValidationRows(Metric metric) {
        SearchOutcome search = search(walk, EXPERIMENTS, metric);
        ExperimentResult chosen = search.results().stream()
                .filter(ExperimentResult::chosen)
                .findFirst()
                .orElseThrow();

        assertThat(search.results()).extracting(ExperimentResult::experiment).isEqualTo(EXPERIMENTS);
        assertThat(search.results())
                .allSatisfy(other -> assertThat(metric.gain(
                                other.validation().get(metric),
                                chosen.validation().get(metric)))
                        .isLessThanOrEqualTo(0));
        assertThat(search.modelFile().predictor())
                .isEqualTo(search(walk, List.of(chosen.experiment()), metric)
                        .modelFile()
                        .predictor());
    }

    @Test
    void takesTheFirstOfEquals() {
        // Beyond a depth of 8 nothing is left to split.
        assertThat(search(walk, List.of(forest(5, 30), forest(5, 31)), Metric.ACCURACY)
                        .results())
                .extracting(ExperimentResult::chosen)
                .containsExactly(true, false);
    }

    @Test
    void takesTheFirstWhenTheMetricIsUndefined() {
        int validation = sides.last().validation()[0];
        double[] risingInValidation = new double[walk.rows()];
        for (int row = 0; row < walk.rows(); row++) {
            risingInValidation[row] = row < validation ? walk.value("close", row) : 1000 + row;
        }

        assertThat(search(Tables.of(risingInValidation), EXPERIMENTS, Metric.AUC)
                        .results())
                .extracting(ExperimentResult::chosen)
                .containsExactly(true, false, false, false);
    }

    @Test
    void neverLooksAtTheEvaluationRows() {
        Table garbled = Tables.garbledFrom(sides.evaluation()[0], walk);
        SearchOutcome search = search(walk, EXPERIMENTS, Metric.LOG_LOSS);

        SearchOutcome other = search(garbled, EXPERIMENTS, Metric.LOG_LOSS);

        assertThat(other.results()).isEqualTo(search.results());
        assertThat(other.modelFile().encode()).isEqualTo(search.modelFile().encode());
    }

    @Test
    void tellsOfEachExperimentWhenItIsDone() {
        List<Experiment> told = new ArrayList<>();
        SearchOutcome.run(
                define().experiments(EXPERIMENTS).build(),
                walk,
                sides,
                Effort.full(),
                result -> told.add(result.experiment()));

        assertThat(told).isEqualTo(EXPERIMENTS);
    }

    /** Each experiment after the first three depends on the results of those before. */
    @Test
    void aSearchThatIsToldResultsTriesTheSameAgain() {
        Definition definition = define().search(new Tpe(
                        8,
                        3,
                        0.25,
                        new TreeMap<>(Map.of("trees", new Range(1, 9, false), "depth", new Range(1, 8, false)))))
                .build();

        SearchOutcome search = SearchOutcome.run(definition, walk, sides, Effort.full(), result -> {});

        assertThat(search.results())
                .hasSize(8)
                .filteredOn(ExperimentResult::chosen)
                .hasSize(1);
        assertThat(search.results()).extracting(ExperimentResult::experiment).doesNotHaveDuplicates();
        assertThat(SearchOutcome.run(definition, walk, sides, Effort.full(), result -> {})
                        .results())
                .isEqualTo(search.results());
    }

    /** Of 40 trials, which depend on each other; by one thread, by four, and with a half of them kept from before. */
    @Test
    void runsSideBySideAndGoesOnWithTheSameBytes(@TempDir Path home) {
        Definition definition = tpe(40, Pruning.MEDIAN);
        KeptTrials kept = KeptTrials.in(home, definition.model(), Digest.of(new byte[] {1}));
        SearchOutcome alone = run(definition, Effort.full().cores(1));

        SearchOutcome together = run(definition, Effort.full().cores(4));
        assertThatThrownBy(() -> SearchOutcome.run(
                        definition, walk, sides, Effort.full().cores(4).kept(kept), new Consumer<>() {
                            private int told;

                            @Override
                            public void accept(ExperimentResult result) {
                                if (++told == 20) {
                                    throw new IllegalStateException("killed");
                                }
                            }
                        }))
                .hasMessage("killed");
        int before = kept.count();
        SearchOutcome goneOn = run(definition, Effort.full().cores(2).kept(kept));

        assertThat(before).isBetween(20, 39);
        assertThat(kept.count()).isEqualTo(40);
        assertThat(alone.results())
                .hasSize(40)
                .filteredOn(result -> result.pruned() != null)
                .isNotEmpty();
        for (SearchOutcome other : List.of(together, goneOn)) {
            assertThat(other.results()).isEqualTo(alone.results());
            assertThat(digest(other.modelFile())).isEqualTo(digest(alone.modelFile()));
        }
        kept.forget();
        assertThat(kept.count()).isZero();
    }

    static Stream<Arguments> searchesWithPruning() {
        Target direction = new Direction("close", 1, "UP", "DOWN");
        Target change = new Change("close", 1, "USD");
        Split windows = new Rolling(null, 300, 60, 40);
        Split folds = new WalkForward(4, 40, 40);
        Range penalty = new Range(1e-6, 1e3, true);
        return Stream.of(
                Arguments.of(new Trainer.Logistic(1), direction, Metric.LOG_LOSS, windows, "penalty", penalty, "steps"),
                Arguments.of(new Trainer.Lasso(1), change, Metric.RMSE, windows, "penalty", penalty, "rounds"),
                Arguments.of(
                        new Trainer.ElasticNet(1, 0.5),
                        change,
                        Metric.MAE,
                        folds,
                        "penalty",
                        penalty,
                        "rounds of fold"),
                Arguments.of(
                        new Trainer.Svc(Trainer.Kernel.RBF, 1, 0),
                        direction,
                        Metric.LOG_LOSS,
                        folds,
                        "cost",
                        new Range(0.01, 100, true),
                        "after fold"),
                Arguments.of(
                        new Trainer.Knn(5),
                        change,
                        Metric.RMSE,
                        folds,
                        "neighbours",
                        new Range(1, 100, false),
                        "after fold"));
    }

    /** Whatever is counted on the way; one after another and side by side. */
    @ParameterizedTest
    @MethodSource("searchesWithPruning")
    void givesUpTheSameTrialsOnAnyNumberOfCores(
            Trainer trainer, Target target, Metric metric, Split split, String name, Range range, String unit) {
        Definition definition = define().target(target)
                .metric(metric)
                .trainer(trainer)
                .split(split)
                .features(IntStream.rangeClosed(2, 14)
                        .mapToObj(window -> (Feature) new MovingAverage("average_" + window, "close", window))
                        .toList())
                .search(new RandomSearch(32, new TreeMap<>(Map.of(name, range)), null, Pruning.MEDIAN))
                .build();
        Table table = Tables.walk(500, 8);
        Sides parts = definition.sides(table);

        SearchOutcome alone =
                SearchOutcome.run(definition, table, parts, Effort.full().cores(1), result -> {});

        assertThat(alone.results())
                .hasSize(32)
                .extracting(ExperimentResult::pruned)
                .filteredOn(Objects::nonNull)
                .isNotEmpty()
                .anySatisfy(pruned -> assertThat(pruned).contains(unit));
        assertThat(alone.results().subList(0, 8))
                .as("the first block has nothing before it")
                .allSatisfy(result -> assertThat(result.pruned()).isNull());
        for (int cores : new int[] {2, 5}) {
            SearchOutcome together =
                    SearchOutcome.run(definition, table, parts, Effort.full().cores(cores), result -> {});
            assertThat(together.results()).isEqualTo(alone.results());
            assertThat(digest(together.modelFile())).isEqualTo(digest(alone.modelFile()));
        }
    }

    /** A file that was cut short, one of another experiment, and trials of another key are as if there were none. */
    @Test
    void takesNoTrialThatIsNotTheSame(@TempDir Path home) throws IOException {
        Definition definition = define().experiments(EXPERIMENTS).build();
        KeptTrials kept = KeptTrials.in(home, definition.model(), Digest.of(new byte[] {1}));
        SearchOutcome search = run(definition, Effort.full().kept(kept));
        Path folder = home.resolve("trials")
                .resolve(definition.model().value())
                .resolve(Digest.of(new byte[] {1}).hex());
        Files.write(folder.resolve("0.yaml"), new byte[] {'e', 'x'});
        Files.copy(folder.resolve("2.yaml"), folder.resolve("1.yaml"), StandardCopyOption.REPLACE_EXISTING);

        assertThat(run(definition, Effort.full().kept(kept)).results()).isEqualTo(search.results());
        assertThat(KeptTrials.in(home, definition.model(), Digest.of(new byte[] {2}))
                        .count())
                .isZero();
        assertThat(folder).doesNotExist();
    }

    /** Of two trainers of one model one is done first, and forgets the trials while the other one goes on. */
    @Test
    void anotherTrainerThatForgetsTheTrialsDisturbsNoSearch(@TempDir Path home) throws Exception {
        Definition definition = define().experiments(EXPERIMENTS).build();
        KeptTrials kept = KeptTrials.in(home, definition.model(), Digest.of(new byte[] {1}));
        SearchOutcome alone = run(definition, Effort.full());
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                kept.forget();
            }
        });
        try {
            for (int i = 0; i < 20; i++) {
                assertThat(run(definition, Effort.full().kept(kept)).results()).isEqualTo(alone.results());
            }
        } finally {
            done.set(true);
        }
        other.get(10, TimeUnit.SECONDS);
    }

    /** What the clock ended can be tried again without it. */
    @Test
    void triesAgainWhatALimitLeft() {
        Definition definition = tpe(40, null);
        SearchOutcome ended = run(definition, Effort.full().cores(3).trials(7));

        assertThat(ended.results()).hasSize(7);
        assertThat(run(definition, Effort.full().trials(7)).results()).isEqualTo(ended.results());
        assertThat(run(definition, Effort.full().trials(0)).results()).hasSize(1);
    }

    @Test
    void theClockBeginsNoTrialAfterItsTime() {
        Effort effort = Effort.full().minutes(2, new TickingClock());
        assertThat(effort.begins().test(1)).isTrue();
        assertThat(effort.begins().test(2)).isFalse();
        assertThat(Effort.full().minutes(null, new TickingClock()).begins().test(9))
                .isTrue();
    }

    /** A minute later each time. */
    private static final class TickingClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            Instant told = now;
            now = now.plusSeconds(60);
            return told;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static Definition tpe(int trials, @Nullable Pruning pruning) {
        return define().search(new Tpe(
                        trials,
                        10,
                        0.25,
                        new TreeMap<>(Map.of("trees", new Range(1, 60, false), "depth", new Range(1, 8, false))),
                        3,
                        null,
                        pruning))
                .build();
    }

    private SearchOutcome run(Definition definition, Effort effort) {
        return SearchOutcome.run(definition, walk, sides, effort, result -> {});
    }

    /** The mean of the probabilities comes to the share that the label has. */
    @ParameterizedTest
    @EnumSource
    void calibratedProbabilitiesMeanWhatTheySay(Calibrate kind) {
        double[] seldomUp = new double[walk.rows()];
        for (int row = 0; row < walk.rows(); row++) {
            seldomUp[row] = 10_000 - 40 * row + (row % 5 == 0 ? 60 : 0) + walk.value("close", row) / 100;
        }
        Table table = Tables.of(seldomUp);
        Predictions plain = Contender.of(fit(define().balance(new Balance.Oversample()), table))
                .predictions(table, sides.training());
        ModelFile file = fit(define().balance(new Balance.Oversample()).calibrate(kind), table);
        Predictions calibrated = Contender.of(ModelFile.decode(file.encode())).predictions(table, sides.training());

        assertThat(calibrated.metrics().get(Metric.AUC))
                .isGreaterThanOrEqualTo(plain.metrics().get(Metric.AUC) - 0.02);
        assertThat(digest(fit(define().balance(new Balance.Oversample()).calibrate(kind), table)))
                .isEqualTo(digest(file));
        assertThat(file.predictor()).isNotEqualTo(fit(define(), table).predictor());
    }

    @Test
    void balancesWhatIsLearnedFromButNotTheProfile() {
        double[] mostlyDown = new double[walk.rows()];
        for (int row = 0; row < walk.rows(); row++) {
            mostlyDown[row] = walk.value("close", row) + 10_000 - 40 * row + (row % 5 == 0 ? 60 : 0);
        }
        Table table = Tables.of(mostlyDown);
        ModelFile plain = fit(define(), table);
        ModelFile balanced = fit(define().balance(new Balance.Smote(5)), table);

        assertThat(withoutAnswers(balanced.profile())).isEqualTo(withoutAnswers(plain.profile()));
        assertThat(balanced.predictor()).isNotEqualTo(plain.predictor());
        assertThat(digest(fit(define().balance(new Balance.Smote(5)), table))).isEqualTo(digest(balanced));
    }

    @Test
    void aSecondSearchGivesTheSameModelFile() {
        assertThat(digest(fit(define(), walk))).isEqualTo(digest(fit(define(), walk)));
    }

    @Test
    void anotherSeedGivesAnotherForest() {
        assertThat(fit(define().seed(2), walk).predictor())
                .isNotEqualTo(fit(define(), walk).predictor());
    }

    @Test
    void noValueAfterTheLabelsOfTheTrainingRowsReachesTraining() {
        int newestLabel = sides.training()[sides.training().length - 1] + 1;
        ModelFile file = fit(define(), walk);

        assertThat(taught(fit(define(), Tables.garbledFrom(newestLabel + 1, walk))))
                .isEqualTo(taught(file));
        // What it answers for the validation rows is in its profile, and no evaluation row is.
        assertThat(digest(fit(define(), Tables.garbledFrom(sides.evaluation()[0], walk))))
                .isEqualTo(digest(file));
        assertThat(digest(fit(define(), Tables.garbledFrom(newestLabel, walk)))).isNotEqualTo(digest(file));
    }

    @Test
    void learnsWhatThereIsToLearn() {
        Table zigzag = Tables.of(
                IntStream.range(0, walk.rows()).mapToDouble(i -> 100 + i % 2).toArray());
        Predictions answers = Contender.of(fit(define(), zigzag)).predictions(zigzag, sides.evaluation());

        assertThat(answers.metrics().get(Metric.ACCURACY)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 1})
    void trainsWithAnyShareOfTheFeatures(double share) {
        Predictions answers =
                Contender.of(fit(define().featureFraction(share), walk)).predictions(walk, sides.training());

        assertThat(Arrays.stream(answers.scores())
                        .mapToDouble(scores -> scores[0])
                        .distinct())
                .hasSizeGreaterThan(5);
    }

    @Test
    void refusesRowsFromWhichNothingCanBeLearned() {
        Table rising = Tables.of(
                IntStream.range(0, walk.rows()).mapToDouble(i -> 100 + i).toArray());

        assertThatThrownBy(() -> fit(define(), rising))
                .hasMessage("labels of the training rows: only UP (expected: both UP and DOWN; make the training window"
                        + " larger)");
    }

    private SearchOutcome search(Table table, List<Experiment> experiments, Metric metric) {
        Definition definition = define().experiments(experiments).metric(metric).build();
        return SearchOutcome.run(definition, table, sides, Effort.full(), result -> {});
    }

    private ModelFile fit(DefinitionFixture definition, Table table) {
        return SearchOutcome.run(
                        definition.experiments(List.of(ONE)).build(), table, sides, Effort.full(), result -> {})
                .modelFile();
    }

    /** All but the answers for rows that it did not learn from. */
    private static Digest taught(ModelFile file) {
        return digest(new ModelFile(
                file.definition(), file.signature(), file.fitted(), withoutAnswers(file.profile()), file.predictor()));
    }

    private static Profile withoutAnswers(Profile profile) {
        return new Profile(
                profile.rows(),
                profile.features(),
                profile.labels(),
                profile.value(),
                profile.distinct(),
                profile.columns(),
                null);
    }

    private static Digest digest(ModelFile file) {
        return Digest.of(file.encode());
    }
}
