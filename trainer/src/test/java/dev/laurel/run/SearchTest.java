package dev.laurel.run;

import static dev.laurel.run.DefinitionFixture.define;
import static dev.laurel.run.DefinitionFixture.forest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Balance;
import dev.laurel.definition.Definition;
import dev.laurel.definition.Range;
import dev.laurel.definition.Search.Tpe;
import dev.laurel.drift.Profile;
import dev.laurel.evaluation.Report.ExperimentResult;
import dev.laurel.judge.Contender;
import dev.laurel.model.Digest;
import dev.laurel.model.Experiment;
import dev.laurel.model.Metric;
import dev.laurel.predictor.ModelFile;
import dev.laurel.search.SearchOutcome;
import dev.laurel.split.Sides;
import dev.laurel.table.Table;
import dev.laurel.task.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
                define().experiments(EXPERIMENTS).build(), walk, sides, (experiment, metrics) -> told.add(experiment));

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

        SearchOutcome search = SearchOutcome.run(definition, walk, sides, (experiment, metrics) -> {});

        assertThat(search.results())
                .hasSize(8)
                .filteredOn(ExperimentResult::chosen)
                .hasSize(1);
        assertThat(search.results()).extracting(ExperimentResult::experiment).doesNotHaveDuplicates();
        assertThat(SearchOutcome.run(definition, walk, sides, (experiment, metrics) -> {})
                        .results())
                .isEqualTo(search.results());
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
        return SearchOutcome.run(definition, table, sides, (experiment, metrics) -> {});
    }

    private ModelFile fit(DefinitionFixture definition, Table table) {
        return SearchOutcome.run(
                        definition.experiments(List.of(ONE)).build(), table, sides, (experiment, metrics) -> {})
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
