package dev.laurel.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.Documents;
import dev.laurel.feature.FittedFeatures;
import dev.laurel.model.Experiment;
import dev.laurel.split.Sides;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a definition may not say, and what follows from one. */
class DefinitionTest {
    private static final String PASSENGERS = """
            model: passengers
            description: How many passengers fly in a month
            source:
              kind: bundled
              name: airline-passengers
            ignored:
              - column: revenue
                reason: it is known only when the passengers are
            target:
              kind: value
              column: passengers
              horizon: 0
              unit: thousand passengers
            features:
              - kind: lag
                name: in_1
                column: passengers
                window: 1
              - kind: calendar
                name: month
                column: month
                part: month
                cyclic: true
            split:
              kind: walk-forward
              validation: 12
              evaluation: 24
            trainer:
              kind: ridge
            experiments:
              - penalty: 0.1
              - penalty: 10
            seed: 7
            gate:
              metric: rmse
              minimum_gain: 0.5
              minimum_rows: 24
              mode: commit
            """;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        "    window: 1",
                        "    window: 0",
                        "features: in_1 (expected: a feature that does not read passengers at the very row: that is what"
                                + " is predicted)"),
                mistake(
                        "  - kind: lag\n    name: in_1\n    column: passengers\n    window: 1",
                        "  - kind: column\n    name: now\n    column: passengers",
                        "features: now (expected: a feature that does not read passengers at the very row: that is what"
                                + " is predicted)"),
                mistake(
                        "  - kind: lag\n    name: in_1\n    column: passengers\n    window: 1",
                        "  - kind: moving-average\n    name: mean\n    column: passengers\n    window: 12",
                        "features: mean (expected: a feature that does not read passengers at the very row: that is what"
                                + " is predicted)"),
                mistake(
                        "  - kind: lag\n    name: in_1\n    column: passengers\n    window: 1",
                        "  - kind: interaction\n    name: both\n    column: x\n    with: revenue",
                        "features: both (expected: a feature that does not read revenue, which is ignored: it is known"
                                + " only when the passengers are)"),
                mistake("    name: month", "    name: in_1", "features: in_1 (expected: a name that no other one has)"),
                mistake(
                        "  metric: rmse",
                        "  metric: accuracy",
                        "gate.metric: accuracy (expected: one for such a target: rmse, mae, mape, r2, median-error,"
                                + " p90-error, bias)"),
                mistake(
                        "  kind: ridge",
                        "  kind: logistic",
                        "trainer.kind: a trainer of labels (expected: one that learns values: "
                                + Trainer.LEARNING_VALUES + ")"),
                mistake(
                        "  - penalty: 0.1",
                        "  - depth: 3",
                        "experiments[0].depth: unknown hyperparameter (expected: one of penalty)"),
                mistake(
                        "  kind: ridge",
                        "  kind: ridge\nbalance: {kind: smote}",
                        "balance: beside a target of values (expected: a target of labels)"),
                mistake(
                        "  kind: ridge",
                        "  kind: ridge\ncalibrate: sigmoid",
                        "calibrate: beside a target of values (expected: a target of labels)"),
                mistake(
                        "  mode: commit",
                        "  mode: commit\n  rules:\n  - {kind: beats-naive}\n  - {kind: not-worse, metric: auc, by: 0.1}",
                        "gate.rules[1].metric: auc (expected: one for such a target: rmse, mae, mape, r2,"
                                + " median-error, p90-error, bias)"),
                mistake(
                        "  mode: commit",
                        "  mode: commit\n  rules:\n  - {kind: groups, of: passengers, by: 1}",
                        "gate.rules: groups of passengers (expected: a column of words; features or the target read"
                                + " it as numbers)"),
                mistake("  - penalty: 0.1", "  - penalty: -1", "experiments[0].penalty: -1.0 (expected: 0.0..1.0E9)"),
                mistake(
                        "  - penalty: 0.1",
                        "  - penalty: 10",
                        "experiments: [penalty 10, penalty 10] (expected: each one once)"),
                mistake(
                        "experiments:\n  - penalty: 0.1\n  - penalty: 10",
                        "experiments: []",
                        "experiments: [] (expected: at least one)"),
                mistake(
                        "seed: 7",
                        "search:\n  kind: grid\n  values: {penalty: [1, 2]}\nseed: 7",
                        "search: beside experiments (expected: one of the two)"),
                mistake(
                        "experiments:\n  - penalty: 0.1\n  - penalty: 10",
                        "search:\n  kind: grid\n  values: {depth: [1, 2]}",
                        "search.depth: unknown hyperparameter (expected: one of penalty)"),
                mistake(
                        "experiments:\n  - penalty: 0.1\n  - penalty: 10",
                        "search:\n  kind: random\n  trials: 3\n  ranges: {lasso_share: {from: 0, to: 1}}",
                        "search.lasso_share: unknown hyperparameter (expected: one of penalty)"),
                mistake(
                        "experiments:\n  - penalty: 0.1\n  - penalty: 10",
                        "search:\n  kind: random\n  trials: 1\n  ranges: {penalty: {from: 1, to: 2000000000}}",
                        "search.penalty: 2.0E9 (expected: 0.0..1.0E9)"),
                mistake(
                        "  kind: walk-forward\n  validation: 12\n  evaluation: 24",
                        "  kind: hashed",
                        "split.kind: hashed (expected: a split in the order of rows, since features read 1 rows before)"),
                mistake(
                        "  evaluation: 24",
                        "  evaluation: 23",
                        "split.evaluation: 23 (expected: at least the gate's minimum_rows: 24)"),
                mistake(
                        "target:",
                        "columns:\n  - {column: x, missing: mean}\n  - {column: x, missing: drop}\ntarget:",
                        "columns: x (expected: a name that no other one has)"),
                mistake(
                        "target:",
                        "columns:\n  - {column: x}\ntarget:",
                        "columns[0].missing: missing (expected: a rule for missing values, unless the column is private: true)"),
                mistake(
                        "target:",
                        "columns:\n  - {column: x, private: true, value: 1}\ntarget:",
                        "columns[0].value: 1.0 (expected: none without a rule)"),
                mistake(
                        "target:",
                        "columns:\n  - {column: x, private: 1}\ntarget:",
                        "columns[0].private: 1 (expected: true or false)"),
                mistake(
                        "    name: in_1",
                        "    name: month_sin",
                        "features: month_sin (expected: a name that no other one has)"));
    }

    private static Arguments mistake(String lines, String wrong, String problem) {
        return Arguments.of(lines, wrong, problem);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void refusesAMistake(String lines, String wrong, String problem) {
        assertThat(PASSENGERS).containsOnlyOnce(lines + "\n");

        assertThatThrownBy(() -> read(PASSENGERS.replace(lines + "\n", wrong + "\n")))
                .isInstanceOf(InvalidDocumentException.class)
                .message()
                .matches("(?s)model.yaml:[0-9]+: .*")
                .endsWith(": " + problem);
    }

    @Test
    void refusesAHashedSplitOfATargetThatLooksAhead() {
        String ahead = PASSENGERS
                .replace("  horizon: 0", "  horizon: 2")
                .replace("    window: 1\n", "    window: 0\n")
                .replace("  kind: walk-forward\n  validation: 12\n  evaluation: 24", "  kind: hashed");

        assertThatThrownBy(() -> read(ahead))
                .hasMessageEndingWith(
                        "split.kind: hashed (expected: a split in the order of rows, since the target looks"
                                + " 2 rows ahead)");
    }

    @Test
    void readsTheTargetNowWhereItLooksAhead() {
        Definition definition =
                read(PASSENGERS.replace("  horizon: 0", "  horizon: 1").replace("    window: 1\n", "    window: 0\n"));

        assertThat(definition.warmUp()).isZero();
    }

    /** Ridge has its weights at once: with folds there is something to see before the end, with one there is not. */
    @Test
    void refusesPruningWhereThereIsNothingToSeeBeforeTheEnd() {
        String pruned = PASSENGERS.replace(
                "experiments:\n  - penalty: 0.1\n  - penalty: 10\n",
                "search:\n  kind: grid\n  values: {penalty: [0.1, 10]}\n  prune: median\n");
        assertThat(read(pruned).foreseen()).hasSize(2);

        String oneFold = pruned.replace("  kind: walk-forward\n", "  kind: walk-forward\n  folds: 1\n");

        assertThatThrownBy(() -> read(oneFold))
                .hasMessageEndingWith("search.prune: median beside a trainer that has no model before its end, and one"
                        + " fold (expected: none; or walk-forward with several folds; or one of the trainers "
                        + Trainer.SHOWING_PARTS + ")");
        assertThat(read(oneFold.replace("  kind: ridge", "  kind: lasso")).foreseen())
                .hasSize(2);
    }

    @Test
    void refusesATrainerOfValuesForLabels() {
        String labels = PASSENGERS
                .replace("  kind: value", "  kind: direction")
                .replace("  horizon: 0\n  unit: thousand passengers", "  horizon: 1\n  up: UP\n  down: DOWN")
                .replace("  metric: rmse", "  metric: auc");

        assertThatThrownBy(() -> read(labels))
                .hasMessageEndingWith("trainer.kind: a trainer of values" + " (expected: one that learns labels: "
                        + Trainer.LEARNING_LABELS + ")");
        assertThat(read(labels.replace("  kind: ridge", "  kind: logistic")).warmUp())
                .isOne();
    }

    @Test
    void knowsWhatItAsksFor() {
        Definition passengers = read(PASSENGERS);

        assertThat(passengers.numbers()).containsExactly("passengers");
        assertThat(passengers.words()).containsExactly("month");
        assertThat(passengers.asked()).containsExactly("month", "passengers");
        assertThat(Documents.FLOWERS.asked()).containsExactly("colour", "petal", "species");
        assertThat(Documents.FLOWERS.words()).containsExactly("colour", "species");
        assertThat(Documents.DEFINITION.warmUp()).isEqualTo(4);
    }

    @Test
    void triesItsExperimentsOrThoseOfItsSearchOrItsTrainerAlone() {
        assertThat(read(PASSENGERS).foreseen())
                .containsExactly(Experiment.of(Map.of("penalty", 0.1)), Experiment.of(Map.of("penalty", 10.0)));
        assertThat(Documents.FLOWERS.foreseen()).hasSize(3);
        assertThat(read(PASSENGERS.replace("experiments:\n  - penalty: 0.1\n  - penalty: 10\n", ""))
                        .foreseen())
                .containsExactly(Experiment.AS_DEFINED);
    }

    @Test
    void usesRowsThatHaveAnAnswerAndEveryInput() {
        int rows = 100;
        double[] petal = IntStream.range(0, rows)
                .mapToDouble(row -> row % 9 == 0 ? Double.NaN : row)
                .toArray();
        @Nullable String[] species = new @Nullable String[rows];
        @Nullable String[] colour = new @Nullable String[rows];
        for (int row = 0; row < rows; row++) {
            species[row] = row % 10 == 0 ? null : row % 2 == 0 ? "rose" : "lily";
            colour[row] = row % 3 == 0 ? null : "red";
        }
        Table table = Table.unkeyed(
                rows,
                Map.of(
                        "petal", new Column.Numbers(petal),
                        "species", new Column.Words(species),
                        "colour", new Column.Words(colour)));

        Sides sides = Documents.FLOWERS.sides(table);

        assertThat(IntStream.concat(IntStream.of(sides.training()), IntStream.of(sides.evaluation())))
                .hasSize(90)
                .allMatch(row -> row % 10 != 0);
        FittedFeatures fitted =
                FittedFeatures.fit(Documents.FLOWERS.features(), Documents.FLOWERS.fillings(), table, sides.training());
        assertThat(fitted.outputs()).containsExactly("petal", "colour=(missing)", "colour=red");
    }

    private static Definition read(String document) {
        return Yaml.read(document.getBytes(StandardCharsets.UTF_8), "model.yaml", Definition.class);
    }
}
