package dev.laurel.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.InvalidValueException;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SplitTest {
    private static final IntPredicate ALL = row -> true;
    private static final Hashed HASHED = new Hashed(0.6, 0.2, 0.2, null);

    static Stream<Split> kinds() {
        return Stream.of(
                new Rolling(null, 30, 10, 10),
                new Chronological(0.7, 0.15, 0.15),
                new WalkForward(3, 10, 10),
                HASHED,
                new Hashed(0.6, 0.2, 0.2, "group"));
    }

    @Test
    void leavesOutNoKind() {
        assertThat(kinds().<Class<?>>map(Split::getClass).distinct())
                .containsExactlyInAnyOrder(Split.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void putsNoRowOnTwoSides(Split split) {
        int horizon = split.isByContent() ? 0 : 3;
        int warmUp = split.isByContent() ? 0 : 5;
        IntPredicate usable = row -> row % 7 != 0;

        Sides sides = split.sides(new Extent(days(120), warmUp, horizon, usable));

        Set<Integer> judging = rows(sides.evaluation());
        assertThat(judging).doesNotContainAnyElementsOf(rows(sides.training()));
        for (Sides.Fold fold : sides.folds()) {
            Set<Integer> choosing = rows(fold.validation());
            assertThat(choosing)
                    .doesNotContainAnyElementsOf(rows(fold.training()))
                    .doesNotContainAnyElementsOf(judging);
            assertThat(judging).doesNotContainAnyElementsOf(rows(fold.training()));
            // The kept model learns from at least what the experiments learned from.
            assertThat(rows(sides.training())).containsAll(rows(fold.training()));
            assertThat(rows(fold.training())).allMatch(usable::test);
            assertThat(rows(fold.validation())).allMatch(usable::test);
        }
        assertThat(rows(sides.training())).allMatch(row -> row >= warmUp && usable.test(row));
        assertThat(judging).allMatch(row -> row < 120 - horizon && usable.test(row));
    }

    /** As texts 10 comes before 9: training would know what comes after the rows that judge. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            9               | '69' before '9'
            -2              | '-1' before '-2'
            20.12.2019      | '20.12.2019'
            2019-9-30       | '2019-9-30'
            2019-09-30 9:00 | '2019-09-30 9:00'
            Sep 2019        | 'Sep 2019'
            30-sep-2019     | '30-sep-2019'
            Q4 2019         | 'Q4 2019'
            """, delimiter = '|')
    void refusesKeysThatDoNotRiseAsTheyFollow(String key, String named) {
        List<String> keys = key.contains("2019")
                ? new ArrayList<>(days(60).keys())
                : IntStream.rangeClosed(10, 69).mapToObj(String::valueOf).collect(Collectors.toList());
        keys.add(key);
        if (key.startsWith("-")) {
            keys.add("-1");
        }
        Collections.sort(keys);
        Table table = Table.keyed(
                "t",
                keys,
                Map.of(
                        "x",
                        new Column.Numbers(new Random(1).doubles(keys.size()).toArray())));

        kinds().filter(split -> !split.isByContent())
                .forEach(split -> assertThatThrownBy(() -> split.sides(new Extent(table, 0, 0, ALL)))
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessageStartingWith("key t: " + named + " (expected: "));
        // Where rows do not follow one another a key is no more than a name.
        assertThat(HASHED.sides(new Extent(table, 0, 0, ALL)).training()).isNotEmpty();
    }

    @Test
    void takesNumbersAndDatesThatRiseAsTexts() {
        List<List<String>> all = List.of(
                IntStream.range(1949, 2029).mapToObj(String::valueOf).toList(),
                IntStream.range(0, 80).mapToObj(row -> "%03d.5".formatted(row)).toList(),
                IntStream.range(0, 80)
                        .mapToObj(row -> "%d-%02d".formatted(2000 + row / 12, 1 + row % 12))
                        .toList(),
                IntStream.range(10, 59).mapToObj(row -> "2020/01/02 00:" + row).toList());
        for (List<String> keys : all) {
            assertThat(new WalkForward(1, 5, 5)
                            .sides(new Extent(Table.keyed("t", keys, Map.of()), 0, 0, ALL))
                            .evaluation())
                    .hasSize(5);
        }
    }

    /** No true answer, which stands some rows ahead, reaches into the rows of the next side. */
    @ParameterizedTest
    @MethodSource("kinds")
    void leavesAGapAsWideAsTheHorizon(Split split) {
        if (split.isByContent()) {
            return;
        }
        for (int horizon : new int[] {0, 1, 4}) {
            Sides sides = split.sides(new Extent(days(120), 2, horizon, ALL));

            for (Sides.Fold fold : sides.folds()) {
                assertThat(last(fold.training()) + horizon).isLessThan(fold.validation()[0]);
                assertThat(last(fold.validation()) + horizon).isLessThan(sides.evaluation()[0]);
            }
            assertThat(last(sides.training()) + horizon).isLessThan(sides.evaluation()[0]);
        }
    }

    @Test
    void rollsByRows() {
        Sides sides = new Rolling(null, 30, 10, 20).sides(new Extent(days(100), 4, 2, ALL));

        assertThat(sides.training()).containsExactly(range(4, 34));
        assertThat(sides.last().validation()).containsExactly(range(36, 46));
        assertThat(sides.evaluation()).containsExactly(range(48, 68));
        assertThat(sides.folds()).hasSize(1);
        assertThat(sides.keepsTheFold()).isTrue();
        assertThat(new Rolling(null, 30, 10, 20).neededRows(4, 2)).isEqualTo(OptionalInt.of(70));
    }

    @Test
    void needsTheRowsOfItsWindows() {
        Rolling rolling = new Rolling(null, 30, 10, 20);

        assertThat(rolling.sides(new Extent(days(70), 4, 2, ALL)).evaluation()).hasSize(20);
        assertThatThrownBy(() -> rolling.sides(new Extent(days(69), 4, 2, ALL)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("rows: 69 (expected: at least 70)");
    }

    @ParameterizedTest
    @CsvSource({
        ",           ,           9",
        "2020-01-04, ,           3",
        "2020-01-01, ,           0",
        "2019-12-31, ,           0",
        "2020-01-10, ,           9",
        "2020-01-04, 2020-01-06, 6",
        ",           2020-01-06, 6",
        "2020-01-04, 2020-01-10, 9"
    })
    void goesOneRowBeyondTheNewestVersion(LocalDate anchor, String before, int clock) {
        assertThat(new Rolling(anchor, 30, 10, 20).clock(days(10), before)).isEqualTo(clock);
    }

    @Test
    void refusesAnAnchorBehindTheNewestRow() {
        Rolling rolling = new Rolling(LocalDate.of(2020, 1, 11), 30, 10, 20);

        assertThatThrownBy(() -> rolling.clock(days(10), null))
                .hasMessage("anchor: 2020-01-11 (expected: at most the newest row: 2020-01-10)");
        assertThat(HASHED.clock(days(10), "2020-01-03"))
                .as("others know all rows")
                .isEqualTo(9);
    }

    @Test
    void dividesByShares() {
        Sides sides = new Chronological(0.7, 0.15, 0.15).sides(new Extent(days(105), 4, 1, ALL));

        assertThat(sides.last().training()).containsExactly(range(4, 74));
        assertThat(sides.last().validation()).containsExactly(range(75, 89));
        assertThat(sides.evaluation()).containsExactly(range(90, 104));
        assertThat(sides.training())
                .as("the kept model learns from both")
                .hasSize(84)
                .startsWith(range(4, 74))
                .endsWith(range(75, 89));
        assertThat(sides.keepsTheFold()).isFalse();
    }

    @Test
    void walksForward() {
        Sides sides = new WalkForward(3, 10, 12).sides(new Extent(days(80), 3, 1, ALL));

        assertThat(sides.evaluation()).containsExactly(range(67, 79));
        assertThat(sides.training()).containsExactly(range(3, 66));
        assertThat(sides.folds().stream().map(fold -> fold.training().length)).containsExactly(32, 42, 52);
        assertThat(sides.folds().get(0).training()).containsExactly(range(3, 35));
        assertThat(sides.folds().get(0).validation()).containsExactly(range(36, 46));
        assertThat(sides.folds().get(1).validation()).containsExactly(range(46, 56));
        assertThat(sides.last().validation()).containsExactly(range(56, 66));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void saysThatThereAreTooFewRows(Split split) {
        for (int rows : new int[] {0, 1, 5, 11}) {
            assertThatThrownBy(() -> split.sides(new Extent(days(rows), 0, 0, ALL)))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("rows: ");
        }
    }

    @Test
    void needsKeysForAnOrder() {
        Table unkeyed = flowers(List.of(1.0, 2.0));

        assertThatThrownBy(() -> new Chronological(0.7, 0.15, 0.15).sides(new Extent(unkeyed, 0, 0, ALL)))
                .hasMessage("key: none (expected: a source whose rows have one)");
        assertThatThrownBy(() -> new WalkForward(3, 10, 10).sides(new Extent(unkeyed, 0, 0, ALL)))
                .hasMessage("key: none (expected: a source whose rows have one)");
    }

    @Test
    void hashesAboutAsManyRowsToEachSideAsItsShare() {
        Sides sides = HASHED.sides(new Extent(flowers(sizes(10_000)), 0, 0, ALL));

        assertThat(sides.last().training().length).isBetween(5_850, 6_150);
        assertThat(sides.last().validation().length).isBetween(1_850, 2_150);
        assertThat(sides.evaluation().length).isBetween(1_850, 2_150);
        assertThat(sides.training().length + sides.evaluation().length).isEqualTo(10_000);
    }

    /** A row stays on its side for ever, also when rows are added, left out or put in another order. */
    @Test
    void keepsARowOnItsSide() {
        List<Double> sizes = sizes(300);
        Map<Double, String> before = sidesOf(sizes);

        List<Double> reordered = new ArrayList<>(sizes);
        Collections.shuffle(reordered, new Random(1));
        assertThat(sidesOf(reordered)).isEqualTo(before);

        List<Double> more = new ArrayList<>(reordered);
        new Random(2).doubles(300).forEach(more::add);
        assertThat(sidesOf(more)).containsAllEntriesOf(before);

        assertThat(before).containsAllEntriesOf(sidesOf(reordered.subList(0, 150)));
    }

    @Test
    void doesNotLookAtTheKey() {
        double[] sizes = sizes(200).stream().mapToDouble(Double::doubleValue).toArray();
        Map<String, Column> columns = Map.of("size", new Column.Numbers(sizes));

        assertThat(HASHED.sides(new Extent(Table.keyed("date", keys(200), columns), 0, 0, ALL))
                        .evaluation())
                .isEqualTo(HASHED.sides(new Extent(Table.unkeyed(200, columns), 0, 0, ALL))
                        .evaluation());
    }

    @Test
    void putsEqualRowsOnOneSide() {
        List<Double> sizes = new ArrayList<>();
        for (double size : sizes(100)) {
            sizes.addAll(List.of(size, size));
        }
        sizes.addAll(List.of(0.0, -0.0));
        Sides sides = HASHED.sides(new Extent(flowers(sizes), 0, 0, ALL));

        for (int[] side : List.of(sides.last().training(), sides.last().validation(), sides.evaluation())) {
            Set<Integer> rows = rows(side);
            assertThat(rows).allMatch(row -> rows.contains(row ^ 1));
        }
    }

    @Test
    void keepsAGroupTogether() {
        Table table = days(400);
        Sides sides = new Hashed(0.6, 0.2, 0.2, "group").sides(new Extent(table, 0, 0, ALL));

        Map<String, Set<String>> sidesOfGroups = new HashMap<>();
        name(sides)
                .forEach((row, side) -> sidesOfGroups
                        .computeIfAbsent(String.valueOf(table.word("group", row)), group -> new HashSet<>())
                        .add(side));
        assertThat(sidesOfGroups)
                .hasSize(40)
                .allSatisfy((group, names) -> assertThat(names).hasSize(1));
        assertThat(new Hashed(0.6, 0.2, 0.2, "group").words()).containsExactly("group");
        assertThat(HASHED.words()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.5 | 0.2 | 0.2 | shares: 0.8999999999999999 (expected: 1 in all)
            0.8 | 0.2 | 0   | evaluation: 0.0 (expected: a share between 0 and 1)
            1.2 | 0.2 | 0.1 | training: 1.2 (expected: a share between 0 and 1)
            NaN | 0.2 | 0.1 | training: NaN (expected: a share between 0 and 1)
            """)
    void refusesSharesThatAreNoWhole(double training, double validation, double evaluation, String message) {
        assertThatThrownBy(() -> new Chronological(training, validation, evaluation))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> new Hashed(training, validation, evaluation, null))
                .isInstanceOf(InvalidValueException.class);
    }

    private static Map<Double, String> sidesOf(List<Double> sizes) {
        Map<Double, String> sides = new HashMap<>();
        name(HASHED.sides(new Extent(flowers(sizes), 0, 0, ALL)))
                .forEach((row, side) -> sides.put(sizes.get(row), side));
        return sides;
    }

    private static Map<Integer, String> name(Sides sides) {
        Map<Integer, String> names = new HashMap<>();
        IntStream.of(sides.last().training()).forEach(row -> names.put(row, "training"));
        IntStream.of(sides.last().validation()).forEach(row -> names.put(row, "validation"));
        IntStream.of(sides.evaluation()).forEach(row -> names.put(row, "evaluation"));
        return names;
    }

    private static List<Double> sizes(int rows) {
        return new Random(3).doubles(rows).boxed().toList();
    }

    private static Table flowers(List<Double> sizes) {
        double[] values = sizes.stream().mapToDouble(Double::doubleValue).toArray();
        return Table.unkeyed(values.length, Map.of("size", new Column.Numbers(values)));
    }

    /** Days, ten of which in a row make a group. */
    private static Table days(int rows) {
        String[] groups =
                IntStream.range(0, rows).mapToObj(row -> "g" + row / 10).toArray(String[]::new);
        double[] sizes = IntStream.range(0, rows).mapToDouble(row -> row).toArray();
        return Table.keyed(
                "date", keys(rows), Map.of("size", new Column.Numbers(sizes), "group", new Column.Words(groups)));
    }

    private static List<String> keys(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(row -> LocalDate.of(2020, 1, 1).plusDays(row).toString())
                .toList();
    }

    private static Set<Integer> rows(int[] side) {
        return new HashSet<>(IntStream.of(side).boxed().toList());
    }

    private static int last(int[] side) {
        return side[side.length - 1];
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }
}
