package dev.laurel.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.Documents;
import dev.laurel.model.InvalidValueException;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FittedFeaturesTest {
    private static final FittedFeatures PRICES =
            fitted(Documents.DEFINITION.features().toArray(new Feature[0]));
    private static final double NONE = Double.NaN;

    @Test
    void computesReturnAveragesAndVolatility() {
        // Returns of the last three rows: 0.25, -0.2, 0.5; their mean 0.55 / 3, sample variance 0.2516666... / 2
        double[] vector = PRICES.vector(table(80, 80, 100, 80, 120), 4);

        assertThat(vector).containsExactly(0.5, 100, 92, 0.35472994423);
    }

    @Test
    void takesAReturnOverItsWindow() {
        assertThat(fitted(new Return("return_2", "close", 2)).vector(table(80, 100, 120), 2))
                .containsExactly(0.5);
    }

    @Test
    void seesNoVolatilityInASteadyRise() {
        double[] vector = PRICES.vector(table(16, 32, 64, 128, 256), 4);

        assertThat(vector).containsExactly(1, 149.333333333, 99.2, 0);
    }

    @Test
    void readsTheColumnThatAFeatureNames() {
        FittedFeatures features = fitted(new ColumnFeature("a", "open"), new ColumnFeature("b", "close"));
        Table table = new Table("date", List.of("d1"), Map.of("open", new double[] {3}, "close", new double[] {4}));

        assertThat(features.vector(table, 0)).containsExactly(3, 4);
    }

    @Test
    void doesNotDependOnWhereTheTableBegins() {
        Table table = walk(200);
        for (int row = PRICES.warmUp(); row < table.rows(); row++) {
            Table shorter = table.slice(row - PRICES.warmUp(), table.rows());
            assertThat(PRICES.vector(shorter, PRICES.warmUp())).isEqualTo(PRICES.vector(table, row));
        }
    }

    @Test
    void neverLooksAtLaterRows() {
        double[] prices = prices(200);
        Table table = table(prices);
        for (int row = PRICES.warmUp(); row < prices.length; row++) {
            double[] otherFuture = prices.clone();
            Arrays.fill(otherFuture, row + 1, prices.length, 1e9);
            assertThat(PRICES.vector(table(otherFuture), row)).isEqualTo(PRICES.vector(table, row));
        }
    }

    @Test
    void givesAveragesOfTheSamePricesOneValueInWhateverOrderTheyCome() {
        double[] forwards = {9, 9, 281.12, 281.98, 280.3};
        double[] backwards = {9, 9, 280.3, 281.98, 281.12};
        assertThat((281.12 + 281.98 + 280.3) / 3).isNotEqualTo((280.3 + 281.98 + 281.12) / 3);
        FittedFeatures average = fitted(new MovingAverage("average_3", "close", 3));

        assertThat(average.vector(table(forwards), 4)).isEqualTo(average.vector(table(backwards), 4));
    }

    @Test
    void givesNoNegativeZero() {
        FittedFeatures value = fitted(new ColumnFeature("value", "close"));

        assertThat(Double.doubleToRawLongBits(value.vector(table(-0.0), 0)[0])).isZero();
    }

    @Test
    void needsTheRowsOfTheWarmUp() {
        Table table = walk(10);

        assertThat(PRICES.warmUp()).isEqualTo(4);
        assertThatThrownBy(() -> PRICES.vector(table, 3))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("row: 3 (expected: 4..9)");
        assertThatThrownBy(() -> PRICES.vector(table, 10)).hasMessage("row: 10 (expected: 4..9)");
    }

    @Test
    void saysWhichFeatureIsNotANumberAndWhere() {
        assertThatThrownBy(() -> PRICES.vector(table(1, 1, 1, 0, 1), 4))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(
                        "return_1 at day-1004: Infinity (expected: a finite number; is close zero, or missing, there?)");
    }

    @Test
    void saysWhichColumnIsMissing() {
        Table table = new Table("date", List.of("a", "b", "c", "d", "e"), Map.of("open", new double[5]));

        assertThatThrownBy(() -> PRICES.vector(table, 4)).hasMessage("column: close (expected: one of [open])");
    }

    /** Whatever stands outside the training rows: what was learned does not notice, nor do the vectors of training rows. */
    @Test
    void learnsFromTrainingRowsOnly() {
        List<Feature> features = List.of(
                new Standardise("standard", "size"),
                new MinMax("share", "size"),
                new Bins("bin", "size", 3),
                new OneHot("colour", "colour", null),
                new Ordinal("place", "colour", null));
        List<Filling> fillings =
                List.of(new Filling("size", Missing.MEAN, null), new Filling("colour", Missing.CATEGORY, null));
        int[] training = {1, 2, 4, 5};
        Table table =
                things(new double[] {9, 1, 2, 9, NONE, 4, 9}, "green", "red", "blue", "green", null, "red", "red");
        Table shifted = things(
                new double[] {-1e6, 1, 2, NONE, NONE, 4, 1e6}, "other", "red", "blue", "another", null, "red", null);

        FittedFeatures fitted = FittedFeatures.fit(features, fillings, table, training);
        FittedFeatures other = FittedFeatures.fit(features, fillings, shifted, training);

        assertThat(other.state()).isEqualTo(fitted.state());
        assertThat(other.outputs()).isEqualTo(fitted.outputs());
        for (int row : training) {
            assertThat(other.vector(other.filled(shifted), row)).isEqualTo(fitted.vector(fitted.filled(table), row));
        }
    }

    @Test
    void keepsWhatItLearned() {
        List<Feature> features = List.of(
                new Standardise("standard", "size"),
                new MinMax("share", "size"),
                new Bins("bin", "size", 2),
                new OneHot("colour", "colour", null),
                new ColumnFeature("size", "size"));
        List<Filling> fillings =
                List.of(new Filling("size", Missing.MEDIAN, null), new Filling("colour", Missing.CATEGORY, null));
        Table table = things(new double[] {1, 3, NONE, 5, 99}, "red", null, "blue", "red", "green");

        FittedState state = FittedFeatures.fit(features, fillings, table, new int[] {0, 1, 2, 3})
                .state();

        // 1, 3, 3 and 5 with the median filled in: squares 4 + 0 + 0 + 4 around their mean.
        assertThat(state)
                .isEqualTo(new FittedState(
                        new TreeMap<>(Map.of(
                                "standard", State.ofNumbers(3.0, Math.sqrt(8 / 3.0)),
                                "share", State.ofNumbers(1.0, 5.0),
                                "bin", State.ofNumbers(3.0),
                                "colour", State.ofWords(List.of("(missing)", "blue", "red")))),
                        new TreeMap<>(Map.of("size", State.ofNumbers(3.0)))));
        FittedFeatures kept = new FittedFeatures(features, fillings, state);
        assertThat(kept.outputs())
                .containsExactly("standard", "share", "bin", "colour=(missing)", "colour=blue", "colour=red", "size");
        assertThat(kept.vector(kept.filled(table), 2)).containsExactly(0, 0.5, 1, 0, 1, 0, 3);
        assertThat(kept.vector(kept.filled(table), 4)[1])
                .as("beyond those of training")
                .isEqualTo(24.5);
    }

    @Test
    void refusesAMissingValueThatNothingStandsInFor() {
        Table table = things(new double[] {1, NONE, 3}, "red", "red", null);
        FittedFeatures number = fitted(new ColumnFeature("size", "size"));
        FittedFeatures word = fitted(new Ordinal("colour", "colour", List.of("red")));

        assertThatThrownBy(() -> number.vector(table, 1))
                .hasMessage("size at row 2: missing"
                        + " (expected: a value, or a rule for missing ones under columns: in the definition)");
        assertThatThrownBy(() -> word.vector(table, 2)).hasMessageStartingWith("colour at row 3: missing");
        assertThatThrownBy(() ->
                        FittedFeatures.fit(List.of(new MinMax("size", "size")), List.of(), table, new int[] {0, 1, 2}))
                .hasMessageStartingWith("size at row 2: missing");
    }

    @Test
    void refusesAMissingValueInAWindow() {
        Table table = things(new double[] {1, NONE, 3, 4}, "red", "red", "red", "red");

        for (Feature feature : List.of(
                new Lag("f", "size", 1),
                new Difference("f", "size", 1),
                new Return("f", "size", 1),
                new MovingAverage("f", "size", 2),
                new Volatility("f", "size", 2),
                new Rolling("f", "size", 2, Rolling.Statistic.STANDARD_DEVIATION),
                new Rolling("f", "size", 2, Rolling.Statistic.MINIMUM),
                new Rolling("f", "size", 2, Rolling.Statistic.MAXIMUM),
                new Rolling("f", "size", 2, Rolling.Statistic.MEDIAN))) {
            assertThatThrownBy(() -> fitted(feature).vector(table, 2))
                    .as("%s", feature)
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessage("f at row 3: NaN (expected: a finite number; is size zero, or missing, there?)");
        }
    }

    @Test
    void fillsInWhatIsMissingByItsRule() {
        Table table = things(new double[] {1, NONE, 6, 2, 100}, "red", null, "blue", "red", "red");
        int[] training = {0, 1, 2, 3};

        assertThat(filled(new Filling("size", Missing.MEAN, null), table, training)
                        .value("size", 1))
                .isEqualTo(3);
        assertThat(filled(new Filling("size", Missing.MEDIAN, null), table, training)
                        .value("size", 1))
                .isEqualTo(2);
        assertThat(filled(new Filling("size", Missing.CONSTANT, -7.0), table, training)
                        .value("size", 1))
                .isEqualTo(-7);
        assertThat(filled(new Filling("size", Missing.DROP, null), table, training)
                        .value("size", 1))
                .isNaN();
        assertThat(filled(new Filling("colour", Missing.CATEGORY, null), table, training)
                        .word("colour", 1))
                .isEqualTo("(missing)");
        assertThat(filled(new Filling("size", Missing.MEAN, null), table, training)
                        .value("size", 4))
                .as("what is there stays")
                .isEqualTo(100);
    }

    /** What only the target needs is not there when it is asked. */
    @Test
    void answersForRowsWithoutAColumnThatOnlyTheTargetNeeds() {
        Table table = things(new double[] {1, NONE, 6}, "red", "blue", "red");
        Table asked = Table.unkeyed(1, Map.of("colour", new Column.Words(new @Nullable String[] {"red"})));
        for (Missing rule : List.of(Missing.DROP, Missing.MEAN)) {
            FittedFeatures fitted = FittedFeatures.fit(
                    List.of(new Ordinal("colour", "colour", null)),
                    List.of(new Filling("size", rule, null)),
                    table,
                    new int[] {0, 2, 1});

            assertThat(fitted.vector(fitted.filled(asked), 0)).as("%s", rule).containsExactly(2);
        }
    }

    @Test
    void leavesOutRowsWhoseWindowLacksAValue() {
        Table table = things(new double[] {1, NONE, 3, 4, 5}, "red", null, "blue", "red", "red");
        List<Filling> drop = List.of(new Filling("size", Missing.DROP, null));
        IntPredicate kept = FittedFeatures.kept(List.of(new Difference("change", "size", 2)), drop, table);
        IntPredicate keptAlone = FittedFeatures.kept(List.of(new ColumnFeature("size", "size")), drop, table);

        assertThat(IntStream.range(0, 5).filter(kept)).containsExactly(0, 4);
        assertThat(IntStream.range(0, 5).filter(keptAlone)).containsExactly(0, 2, 3, 4);
        assertThat(IntStream.range(0, 5).filter(FittedFeatures.kept(List.of(), List.of(), table)))
                .hasSize(5);
    }

    @Test
    void needsARowToLearnTheMeanFrom() {
        Table table = things(new double[] {NONE, NONE, 6}, "red", "red", "red");
        List<Filling> mean = List.of(new Filling("size", Missing.MEAN, null));

        assertThatThrownBy(() -> FittedFeatures.fit(List.of(), mean, table, new int[] {0, 1}))
                .hasMessage("training rows that have size: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> FittedFeatures.fit(List.of(), List.of(), table, new int[0]))
                .hasMessage("training rows: 0 (expected: 1 or more)");
    }

    @Test
    void refusesARuleThatDoesNotFitItsColumn() {
        Table table = things(new double[] {1, NONE}, "red", null);
        int[] training = {0, 1};

        assertThatThrownBy(() -> filled(new Filling("colour", Missing.MEAN, null), table, training))
                .hasMessage("column colour: words (expected: numbers)");
        assertThatThrownBy(() -> filled(new Filling("colour", Missing.CONSTANT, 1.0), table, training))
                .hasMessage("column colour: words (expected: numbers)");
        assertThatThrownBy(() -> filled(new Filling("size", Missing.CATEGORY, null), table, training))
                .hasMessage("column size: numbers (expected: words)");
        assertThatThrownBy(() -> filled(new Filling("weight", Missing.MEAN, null), table, training))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("column: weight (expected: one of [");
    }

    @Test
    void refusesARuleThatDoesNotFitItsValue() {
        assertThatThrownBy(() -> new Filling("size", Missing.CONSTANT, null))
                .hasMessage("value: missing (expected: a number beside the rule constant)");
        assertThatThrownBy(() -> new Filling("size", Missing.MEAN, 1.0))
                .hasMessage("value: 1.0 (expected: none beside the rule mean)");
        assertThatThrownBy(() -> new Filling("size", Missing.CONSTANT, NONE))
                .hasMessage("value: NaN (expected: a finite number)");
    }

    @Test
    void refusesAStateThatIsNotThatOfItsFeatures() {
        List<Feature> features = List.of(
                new Standardise("standard", "size"),
                new Bins("bin", "size", 3),
                new OneHot("colour", "colour", List.of("red", "blue")));
        List<Filling> fillings = List.of(new Filling("size", Missing.MEAN, null));
        Map<String, State> states = Map.of(
                "standard", State.ofNumbers(1.0, 2.0),
                "bin", State.ofNumbers(1.0, 2.0),
                "colour", State.ofWords(List.of("red", "blue")));
        Map<String, State> columns = Map.of("size", State.ofNumbers(1.0));
        new FittedFeatures(features, fillings, state(states, columns));

        for (Map.Entry<String, State> wrong : Map.of(
                        "standard", State.NONE,
                        "bin", State.ofNumbers(1.0),
                        "colour", State.ofWords(List.of("red", "green")),
                        "other", State.ofNumbers(1.0))
                .entrySet()) {
            Map<String, State> changed = new TreeMap<>(states);
            changed.put(wrong.getKey(), wrong.getValue());
            assertThatThrownBy(() -> new FittedFeatures(features, fillings, state(changed, columns)))
                    .as(wrong.getKey())
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageStartingWith("features." + wrong.getKey() + ": ");
        }
        assertThatThrownBy(() -> new FittedFeatures(features, fillings, state(states, Map.of())))
                .hasMessageStartingWith("columns.size: ");
        assertThatThrownBy(() -> new FittedFeatures(features, List.of(), state(states, columns)))
                .hasMessageStartingWith("columns.size: ");
        assertThatThrownBy(() -> State.ofNumbers(NONE)).hasMessage("numbers: NaN (expected: a finite number)");
    }

    private static FittedState state(Map<String, State> features, Map<String, State> columns) {
        return new FittedState(new TreeMap<>(features), new TreeMap<>(columns));
    }

    private static Table filled(Filling filling, Table table, int[] training) {
        return FittedFeatures.fit(List.of(), List.of(filling), table, training).filled(table);
    }

    private static Table things(double[] size, @Nullable String... colour) {
        return Table.unkeyed(size.length, Map.of("size", new Column.Numbers(size), "colour", new Column.Words(colour)));
    }

    private static Table table(double... close) {
        List<String> keys = IntStream.range(0, close.length)
                .mapToObj(row -> "day-" + (1000 + row))
                .toList();
        return new Table("date", keys, Map.of("close", close));
    }

    private static Table walk(int rows) {
        return table(prices(rows));
    }

    private static double[] prices(int rows) {
        Random random = new Random(3);
        return IntStream.range(0, rows)
                .mapToDouble(row -> 50 + random.nextDouble() * 100)
                .toArray();
    }

    /** Of features that learn nothing, or have their words. */
    private static FittedFeatures fitted(Feature... features) {
        TreeMap<String, State> states = new TreeMap<>();
        for (Feature feature : features) {
            if (feature instanceof Ordinal ordinal && ordinal.vocabulary() != null) {
                states.put(feature.name(), State.ofWords(ordinal.vocabulary()));
            }
        }
        return new FittedFeatures(List.of(features), List.of(), new FittedState(states, new TreeMap<>()));
    }
}
