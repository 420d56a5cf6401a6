package dev.laurel.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Search.Grid;
import dev.laurel.definition.Search.RandomSearch;
import dev.laurel.model.Experiment;
import dev.laurel.model.InvalidValueException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SearchTest {
    private static final Trainer FOREST = new Trainer.RandomForest(100, 12, 0.5, 2, 1);

    @Test
    void triesEveryCombinationOfAGrid() {
        Grid grid = grid(Map.of("trees", List.of(10.0, 20.0), "depth", List.of(3.0, 5.0, 7.0)));

        assertThat(grid.foreseen(FOREST, 1).stream().map(Experiment::toString))
                .containsExactly(
                        "depth 3, trees 10",
                        "depth 3, trees 20",
                        "depth 5, trees 10",
                        "depth 5, trees 20",
                        "depth 7, trees 10",
                        "depth 7, trees 20");
        assertThat(grid.foreseen(FOREST, 2)).isEqualTo(grid.foreseen(FOREST, 1));
    }

    @Test
    void refusesAGridOfNothingOrOfTooMuch() {
        List<Double> hundred =
                DoubleStream.iterate(1, each -> each + 1).limit(101).boxed().toList();

        assertThatThrownBy(() -> grid(Map.of())).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> grid(Map.of("trees", List.of()))).hasMessage("trees: [] (expected: at least one)");
        assertThatThrownBy(() -> grid(Map.of("trees", hundred, "depth", hundred)))
                .hasMessage("combinations: 10201 (expected: 1..10000)");
    }

    @Test
    void drawsWithinTheBoundsAndWholeNumbersWhereOnlyThoseFit() {
        RandomSearch search = random(
                500,
                Map.of(
                        "trees", new Range(10, 50, false),
                        "depth", new Range(1, 64, true),
                        "feature_fraction", new Range(0.1, 0.9, false)));

        List<Experiment> trials = search.foreseen(FOREST, 42);

        assertThat(trials).hasSize(500).doesNotHaveDuplicates();
        assertThat(values(trials, "trees")).allMatch(value -> value >= 10 && value <= 50 && value == Math.rint(value));
        assertThat(values(trials, "trees").distinct()).hasSize(41);
        assertThat(values(trials, "depth")).allMatch(value -> value >= 1 && value <= 64 && value == Math.rint(value));
        assertThat(values(trials, "depth").filter(value -> value <= 8).count())
                .as("half the orders of size")
                .isBetween(200L, 320L);
        assertThat(values(trials, "feature_fraction")).allMatch(value -> value >= 0.1 && value <= 0.9);
        trials.forEach(trial -> assertThat(Hyperparameters.with(FOREST, trial)).isInstanceOf(FOREST.getClass()));
    }

    @Test
    void drawsTheSameForTheSameSeed() {
        RandomSearch search = random(20, Map.of("feature_fraction", new Range(0.1, 0.9, false)));

        assertThat(search.foreseen(FOREST, 7)).isEqualTo(search.foreseen(FOREST, 7));
        assertThat(search.foreseen(FOREST, 8)).isNotEqualTo(search.foreseen(FOREST, 7));
        assertThat(random(5, search.ranges()).foreseen(FOREST, 7))
                .as("fewer are the first of them")
                .isEqualTo(search.foreseen(FOREST, 7).subList(0, 5));
    }

    @Test
    void drawsEachExperimentOnce() {
        assertThat(random(10, Map.of("depth", new Range(3, 5, false))).foreseen(FOREST, 1))
                .extracting(Experiment::toString)
                .containsExactlyInAnyOrder("depth 3", "depth 4", "depth 5");
        assertThat(random(10, Map.of("depth", new Range(3, 3, false))).foreseen(FOREST, 1))
                .hasSize(1);
    }

    @Test
    void drawsSmallNumbersByOrdersOfSize() {
        List<Experiment> trials =
                random(200, Map.of("penalty", new Range(1e-6, 1, true))).foreseen(new Trainer.Ridge(1), 3);

        assertThat(values(trials, "penalty")).allMatch(value -> value >= 1e-6 && value <= 1);
        assertThat(values(trials, "penalty").filter(value -> value < 1e-3).count())
                .isBetween(80L, 120L);
    }

    @Test
    void refusesARangeThatIsNone() {
        assertThatThrownBy(() -> new Range(2, 1, false))
                .hasMessage("range: 2.0..1.0 (expected: the lower number first)");
        assertThatThrownBy(() -> new Range(0, 1, true)).hasMessage("from: 0.0 (expected: above 0 where log is true)");
        assertThatThrownBy(() -> new Range(Double.NaN, 1, false)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new Range(1, Double.POSITIVE_INFINITY, false))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> random(0, Map.of("depth", new Range(1, 2, false))))
                .hasMessage("trials: 0 (expected: 1..10000)");
        assertThatThrownBy(() -> random(1, Map.of())).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void putsHyperparametersInPlaceOfTheTrainersOwn() {
        assertThat(Hyperparameters.with(FOREST, Experiment.of(Map.of("trees", 7.0, "minimum_leaf", 4.0))))
                .isEqualTo(new Trainer.RandomForest(7, 12, 0.5, 2, 4));
        assertThat(Hyperparameters.with(FOREST, Experiment.AS_DEFINED)).isEqualTo(FOREST);
        assertThatThrownBy(() -> Hyperparameters.with(FOREST, Experiment.of(Map.of("trees", 0.0))))
                .hasMessage("trees: 0 (expected: 1..10000)");
        assertThatThrownBy(() -> Hyperparameters.with(FOREST, Experiment.of(Map.of("trees", 7.5))))
                .hasMessage("trees: 7.5 (expected: a whole number)");
        assertThatThrownBy(() -> Hyperparameters.with(FOREST, Experiment.of(Map.of("leaves", 7.0))))
                .hasMessage("leaves: unknown hyperparameter"
                        + " (expected: one of trees, depth, feature_fraction, minimum_split, minimum_leaf)");
        assertThatThrownBy(() -> Hyperparameters.with(new Trainer.Linear(), Experiment.of(Map.of("depth", 7.0))))
                .hasMessage("depth: unknown hyperparameter (expected: none; this trainer has no hyperparameters)");
    }

    private static Grid grid(Map<String, List<Double>> values) {
        return new Grid(new TreeMap<>(values));
    }

    private static RandomSearch random(int trials, Map<String, Range> ranges) {
        return new RandomSearch(trials, new TreeMap<>(ranges));
    }

    private static DoubleStream values(List<Experiment> trials, String name) {
        return trials.stream().mapToDouble(trial -> trial.hyperparameters().getOrDefault(name, Double.NaN));
    }
}
