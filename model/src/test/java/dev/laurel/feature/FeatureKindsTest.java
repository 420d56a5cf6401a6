package dev.laurel.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.feature.Calendar.Part;
import dev.laurel.feature.Rolling.Statistic;
import dev.laurel.model.InvalidValueException;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind computes, by hand. */
class FeatureKindsTest {
    private static final int LAST = 5;
    /** Fridays to Wednesdays around a leap day. */
    private static final Table TABLE = Table.keyed(
            "date",
            List.of("2020-02-28", "2020-02-29", "2020-03-01", "2020-03-02", "2020-03-03", "2020-03-04"),
            Map.of(
                    "x", new Column.Numbers(new double[] {8, 4, 6, 3, 12, 9}),
                    "y", new Column.Numbers(new double[] {1, -1, 0.5, 2, 0, -4}),
                    "same", new Column.Numbers(new double[] {0.1, 0.1, 0.1, 0.1, 0.1, 7}),
                    "colour", new Column.Words(new @Nullable String[] {"red", "blue", "red", "blue", "red", "green"})));
    /** All but the last row. */
    private static final int[] TRAINING = IntStream.range(0, LAST).toArray();

    /** A feature, the rows before a row that it needs, and its values at the last row. */
    static Stream<Arguments> kinds() {
        return Stream.of(
                kind(new ColumnFeature("f", "x"), 0, 9),
                kind(new Lag("f", "x", 0), 0, 9),
                kind(new Lag("f", "x", 1), 1, 12),
                kind(new Lag("f", "x", 5), 5, 8),
                kind(new Difference("f", "x", 1), 1, -3),
                kind(new Difference("f", "x", 3), 3, 3),
                kind(new Return("f", "x", 1), 1, -0.25),
                kind(new Return("f", "x", 2), 2, 2),
                kind(new MovingAverage("f", "x", 1), 0, 9),
                kind(new MovingAverage("f", "x", 3), 2, 8),
                // Of 3, 12 and 9: squares 25 + 16 + 1 around 8, over 2.
                kind(new Rolling("f", "x", 3, Statistic.STANDARD_DEVIATION), 2, Math.sqrt(21)),
                kind(new Rolling("f", "x", 3, Statistic.MINIMUM), 2, 3),
                kind(new Rolling("f", "x", 3, Statistic.MAXIMUM), 2, 12),
                kind(new Rolling("f", "x", 3, Statistic.MEDIAN), 2, 9),
                kind(new Rolling("f", "x", 4, Statistic.MEDIAN), 3, 7.5),
                // Returns 3 and -0.25: 1.625 away from their mean each, over 1.
                kind(new Volatility("f", "x", 2), 2, Math.sqrt(2) * 1.625),
                kind(new Interaction("f", "x", "y"), 0, -36),
                kind(new Logarithm("f", "x", 0), 0, Math.log(9)),
                kind(new Logarithm("f", "y", 5), 0, 0),
                // Of 8, 4, 6, 3 and 12: squares 1.96 + 6.76 + 0.36 + 12.96 + 29.16 around 6.6, over 4.
                kind(new Standardise("f", "x"), 0, 2.4 / Math.sqrt(12.8)),
                kind(new MinMax("f", "x"), 0, 6 / 9.0),
                // Below 3, 4, 6, 8, 12 the tertiles are at 4 + 2/3 and 7 + 1/3.
                kind(new Bins("f", "x", 3), 0, 2),
                kind(new OneHot("f", "colour", null), 0, 0, 0),
                kind(new OneHot("f", "colour", List.of("green", "red", "grey")), 0, 1, 0, 0),
                kind(new Ordinal("f", "colour", null), 0, 0),
                kind(new Ordinal("f", "colour", List.of("red", "blue", "green")), 0, 3),
                kind(new Calendar("f", "date", Part.WEEKDAY, false), 0, 3),
                kind(new Calendar("f", "date", Part.MONTH, true), 0, Math.sin(Math.PI / 3), Math.cos(Math.PI / 3)));
    }

    private static Arguments kind(Feature feature, int warmUp, double... values) {
        return Arguments.of(feature, warmUp, values);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void computesByHand(Feature feature, int warmUp, double[] values) {
        FittedFeatures fitted = FittedFeatures.fit(List.of(feature), List.of(), TABLE, TRAINING);

        assertThat(fitted.vector(TABLE, LAST)).containsExactly(values, within(1e-11));
        assertThat(fitted.outputs()).hasSize(values.length);
        assertThat(feature.warmUp()).isEqualTo(warmUp);
        if (warmUp > 0) {
            fitted.vector(TABLE, warmUp);
            assertThatThrownBy(() -> fitted.vector(TABLE, warmUp - 1)).isInstanceOf(InvalidValueException.class);
        }
    }

    /** The rows that it says it reads, and no others. */
    @ParameterizedTest
    @MethodSource("kinds")
    void readsItsWindowOnly(Feature feature, int warmUp, double[] values) {
        FittedFeatures fitted = FittedFeatures.fit(List.of(feature), List.of(), TABLE, TRAINING);
        Table window = TABLE.slice(LAST - warmUp, LAST + 1);

        assertThat(fitted.vector(window, warmUp)).isEqualTo(fitted.vector(TABLE, LAST));
        if (!feature.readsItsRow() && feature.numbers().contains("x")) {
            double[] other = TABLE.numbers("x").clone();
            other[LAST] = -100;
            assertThat(fitted.vector(TABLE.with("x", new Column.Numbers(other)), LAST))
                    .isEqualTo(fitted.vector(TABLE, LAST));
        }
    }

    /** Each kind is among those above. */
    @Test
    void leavesOutNoKind() {
        assertThat(kinds().<Class<?>>map(each -> each.get()[0].getClass()).distinct())
                .containsExactlyInAnyOrder(Feature.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @CsvSource({
        "MONTH, 2020-02-29, 2",
        "WEEKDAY, 2020-03-02, 1",
        "WEEKDAY, 2020-03-01, 7",
        "DAY_OF_MONTH, 2020-02-29, 29",
        "DAY_OF_YEAR, 2020-12-31, 366",
        "DAY_OF_YEAR, 2020-03-01, 61",
        "YEAR, 2020-02-29, 2020",
        "DAY_OF_MONTH, 1949-01, 1",
        "MONTH, 1960-12, 12",
        "DAY_OF_MONTH, 2020-04-17T21:00, 17",
        "HOUR, 2020-04-17T21:00:00, 21",
        "HOUR, 2020-04-17 00:30, 0",
        "HOUR, 2020-04-17 9:05, 9",
        "HOUR, 2020-04-17T07, 7"
    })
    void takesPartsOfDates(Part part, String date, double value) {
        assertThat(calendar(new Calendar("f", "day", part, false), date)).containsExactly(value);
    }

    @Test
    void putsDecemberNearJanuary() {
        Calendar month = new Calendar("m", "day", Part.MONTH, true);

        assertThat(calendar(month, "2020-01-15")).containsExactly(0, 1);
        assertThat(calendar(month, "2020-04-15")).containsExactly(new double[] {1, 0}, within(1e-15));
        assertThat(calendar(month, "2020-12-15")).containsExactly(new double[] {-0.5, Math.sqrt(3) / 2}, within(1e-11));
        assertThat(month.outputs(State.NONE)).containsExactly("m_sin", "m_cos");
    }

    @Test
    void putsAnHourBeforeMidnightNearOneAfter() {
        Calendar hour = new Calendar("h", "day", Part.HOUR, true);

        assertThat(calendar(hour, "2020-01-15T00:00")).containsExactly(0, 1);
        assertThat(calendar(hour, "2020-01-15T06:00")).containsExactly(new double[] {1, 0}, within(1e-15));
        assertThat(calendar(hour, "2020-01-15T18:59")).containsExactly(new double[] {-1, 0}, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"2020-02-20", "2020-02", "2020-02-20T24:00", "2020-02-20T9h"})
    void takesHoursOfTimesOnly(String text) {
        assertThatThrownBy(() -> calendar(new Calendar("f", "day", Part.HOUR, false), text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("day at row 1: '" + text + "' (expected: a date with a time such as 2020-04-17T21:00)");
    }

    @ParameterizedTest
    @CsvSource({"2020-02-30", "17.04.2020", "2020-4-17", "2020-13", "soon", "''"})
    void refusesWhatIsNoDate(String text) {
        assertThatThrownBy(() -> calendar(new Calendar("f", "day", Part.YEAR, false), text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("day at row 1: '" + text + "' (expected: a date such as 2020-04-17)");
    }

    @Test
    void doesNotTakeYearsForACycle() {
        assertThatThrownBy(() -> new Calendar("f", "day", Part.YEAR, true))
                .hasMessage("cyclic: true (expected: false, since years do not come again)");
    }

    @Test
    void learnsAVocabularyInOrderAndKnowsNoOtherWords() {
        FittedFeatures fitted = FittedFeatures.fit(
                List.of(new OneHot("c", "colour", null), new Ordinal("o", "colour", null)), List.of(), TABLE, TRAINING);

        assertThat(fitted.outputs()).containsExactly("c=blue", "c=red", "o");
        assertThat(fitted.vector(TABLE, 0)).containsExactly(0, 1, 2);
        assertThat(fitted.vector(TABLE, 1)).containsExactly(1, 0, 1);
        assertThat(fitted.vector(TABLE, LAST))
                .as("a word that training never saw")
                .containsExactly(0, 0, 0);
    }

    @Test
    void refusesAVocabularyWithoutWordsOrWithOneTwice() {
        assertThatThrownBy(() -> new OneHot("c", "colour", List.of()))
                .hasMessage("vocabulary: [] (expected: at least one)");
        assertThatThrownBy(() -> new Ordinal("c", "colour", List.of("red", "red")))
                .hasMessage("vocabulary: [red, red] (expected: each word once)");
    }

    /** 0.1 five times over has a mean that is not quite 0.1, of which a deviation must not be made. */
    @Test
    void isZeroWhereTrainingDoesNotVary() {
        FittedFeatures fitted = FittedFeatures.fit(
                List.of(new Standardise("s", "same"), new MinMax("m", "same")), List.of(), TABLE, TRAINING);

        assertThat(fitted.vector(TABLE, 0)).containsExactly(0, 0);
        assertThat(fitted.vector(TABLE, LAST)).containsExactly(0, 0);
    }

    @Test
    void putsAboutAsManyTrainingRowsIntoEachBin() {
        double[] values = IntStream.range(0, 100).mapToDouble(i -> i * i).toArray();
        Table table = Table.unkeyed(100, Map.of("x", new Column.Numbers(values)));
        FittedFeatures fitted = FittedFeatures.fit(
                List.of(new Bins("b", "x", 4)),
                List.of(),
                table,
                IntStream.range(0, 100).toArray());

        double[] bins = IntStream.range(0, 100)
                .mapToDouble(row -> fitted.vector(table, row)[0])
                .toArray();
        for (double bin = 0; bin < 4; bin++) {
            double each = bin;
            assertThat(Arrays.stream(bins).filter(value -> value == each)).hasSize(25);
        }
        assertThat(bins).isSorted();
    }

    @Test
    void hasNoLogarithmOfZero() {
        FittedFeatures log = FittedFeatures.fit(List.of(new Logarithm("f", "y", 4)), List.of(), TABLE, TRAINING);

        assertThatThrownBy(() -> log.vector(TABLE, LAST))
                .hasMessage("f at 2020-03-04: -Infinity (expected: a finite number; is y zero, or missing, there?)");
    }

    @ParameterizedTest
    @CsvSource({"-1", "1001"})
    void refusesAWindowThatIsTooSmallOrTooLarge(int window) {
        assertThatThrownBy(() -> new Lag("f", "x", window)).hasMessage("window: %d (expected: 0..1000)", window);
        assertThatThrownBy(() -> new Difference("f", "x", window)).hasMessage("window: %d (expected: 1..1000)", window);
        assertThatThrownBy(() -> new Return("f", "x", window)).hasMessage("window: %d (expected: 1..1000)", window);
        assertThatThrownBy(() -> new MovingAverage("f", "x", window))
                .hasMessage("window: %d (expected: 1..1000)", window);
        assertThatThrownBy(() -> new Volatility("f", "x", window)).hasMessage("window: %d (expected: 2..1000)", window);
        assertThatThrownBy(() -> new Rolling("f", "x", window, Statistic.MEDIAN))
                .hasMessage("window: %d (expected: 2..1000)", window);
        assertThatThrownBy(() -> new Bins("f", "x", window)).hasMessage("bins: %d (expected: 2..1000)", window);
    }

    private static double[] calendar(Calendar feature, String date) {
        Table table = Table.unkeyed(1, Map.of("day", new Column.Words(new @Nullable String[] {date})));
        return new FittedFeatures(List.of(feature), List.of(), FittedState.NONE).vector(table, 0);
    }
}
