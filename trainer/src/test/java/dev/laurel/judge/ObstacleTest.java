package dev.laurel.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Gate;
import dev.laurel.definition.Source;
import dev.laurel.definition.Trainer;
import dev.laurel.evaluation.Report;
import dev.laurel.feature.ColumnFeature;
import dev.laurel.feature.Feature;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.search.Effort;
import dev.laurel.search.SearchOutcome;
import dev.laurel.split.Chronological;
import dev.laurel.split.Hashed;
import dev.laurel.split.Rolling;
import dev.laurel.split.Sides;
import dev.laurel.split.Split;
import dev.laurel.split.WalkForward;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import dev.laurel.task.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A challenger is never judged on rows that the champion learned from, whatever divides them. */
class ObstacleTest {
    private static final int ROWS = 200;
    private static final Table ALL = rows();

    /** A champion and a challenger: what divides their rows, what they read, and until where they know them. */
    record Pair(Definition champion, int champions, Definition challenger, int challengers) {
        @Override
        public String toString() {
            return "%s until %s, %s until %s".formatted(champion.split(), champions, challenger.split(), challengers);
        }
    }

    static List<Pair> pairs() {
        List<Split> splits = List.of(
                new Rolling(null, 60, 15, 15),
                new Rolling(null, 30, 10, 40),
                new Chronological(0.7, 0.15, 0.15),
                new Chronological(0.4, 0.2, 0.4),
                new WalkForward(2, 15, 20),
                new WalkForward(3, 10, 50),
                new Hashed(0.6, 0.2, 0.2, null),
                new Hashed(0.4, 0.2, 0.4, null),
                new Hashed(0.6, 0.2, 0.2, "group"));
        List<Pair> pairs = new ArrayList<>();
        for (Split one : splits) {
            for (Split other : splits) {
                for (int rows : new int[] {140, 150, 180, 200}) {
                    pairs.add(new Pair(definition(one, "x"), 150, definition(other, "x"), rows));
                    pairs.add(new Pair(definition(one, "x"), 150, definition(other, "x", "y"), rows));
                }
            }
        }
        return pairs;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void stands(Pair pair) {
        Table known = of(pair.champion, pair.champions);
        Sides learned = pair.champion.sides(known);
        Table table = of(pair.challenger, pair.challengers);
        int[] evaluation = pair.challenger.sides(table).evaluation();
        Set<String> rows = keys(
                known,
                Stream.concat(
                                Stream.of(learned.training()),
                                learned.folds().stream().flatMap(fold -> Stream.of(fold.training(), fold.validation())))
                        .flatMapToInt(Arrays::stream));
        rows.retainAll(keys(table, Arrays.stream(evaluation)));

        if (!rows.isEmpty()) {
            assertThat(obstacle(pair, known, learned, table, evaluation)).isNotNull();
        }
    }

    /** Otherwise nothing would ever be judged. */
    @Test
    void isNoneWhereTheChampionIsOlder() {
        assertThat(obstacle(new Rolling(null, 60, 15, 15), 150, 180)).isNull();
        assertThat(obstacle(new Chronological(0.7, 0.15, 0.15), 150, 200)).isNull();
        assertThat(obstacle(new WalkForward(2, 15, 20), 150, 200)).isNull();
        assertThat(obstacle(new Hashed(0.6, 0.2, 0.2, null), 150, 200)).isNull();
        assertThat(obstacle(new Hashed(0.6, 0.2, 0.2, "group"), 150, 200)).isNull();
    }

    /** With another column a row has another hash, and may stand on another side; with a group it does not. */
    @Test
    void standsWhereHashesAreOfOtherColumns() {
        Split hashed = new Hashed(0.6, 0.2, 0.2, null);

        assertThat(obstacle(new Pair(definition(hashed, "x"), 150, definition(hashed, "x", "y"), 150)))
                .startsWith("its rows were divided otherwise (by what they hold of ")
                .endsWith(
                        "t, x), so that it may have learned from the evaluated ones; a person may promote or challenge it");
        Split grouped = new Hashed(0.6, 0.2, 0.2, "group");
        assertThat(obstacle(new Pair(definition(grouped, "x"), 150, definition(grouped, "x", "y"), 150)))
                .isNull();
    }

    @Test
    void isNoneForRowsWithoutKeysThatAreDividedAlike() {
        Definition definition = definition(new Hashed(0.6, 0.2, 0.2, null), "x");
        Table table = Table.unkeyed(ROWS, Map.of("x", ALL.column("x"), "t", ALL.column("t")));

        assertThat(obstacle(
                        new Pair(definition, ROWS, definition, ROWS), table, definition.sides(table), table, new int[] {
                            1
                        }))
                .isNull();
    }

    /** It cannot answer for rows that lack what it reads, and which of the two definitions is to blame is said. */
    @Test
    void standsWhereTheRowsLackWhatTheChampionReads() {
        Split rolling = new Rolling(null, 60, 15, 15);

        assertThat(obstacle(new Pair(definition(rolling, "x", "y"), 150, definition(rolling, "x"), 180)))
                .isEqualTo(
                        "it reads y, which the definition of these rows does not ask for; a person may promote or challenge it");
        assertThat(obstacle(new Pair(definition(rolling, "x"), 150, definition(rolling, "x", "y"), 180)))
                .isNull();
    }

    private static @Nullable String obstacle(Split split, int champions, int challengers) {
        return obstacle(new Pair(definition(split, "x"), champions, definition(split, "x"), challengers));
    }

    private static @Nullable String obstacle(Pair pair) {
        Table known = of(pair.champion, pair.champions);
        Table table = of(pair.challenger, pair.challengers);
        return obstacle(
                pair,
                known,
                pair.champion.sides(known),
                table,
                pair.challenger.sides(table).evaluation());
    }

    private static @Nullable String obstacle(Pair pair, Table known, Sides learned, Table table, int[] evaluation) {
        Contender champion = fitted(pair.champion, known);
        return champion.obstacle(
                        fitted(pair.challenger, table),
                        Report.Windows.of(learned, known).validation(),
                        table,
                        evaluation)
                .orElse(null);
    }

    private static Contender fitted(Definition definition, Table table) {
        return Contender.of(SearchOutcome.run(definition, table, definition.sides(table), Effort.full(), result -> {})
                .modelFile());
    }

    private static Set<String> keys(Table table, IntStream rows) {
        return rows.mapToObj(table::key).collect(HashSet::new, Set::add, Set::addAll);
    }

    /** As a source gives them: the columns that the definition asks for, and for windows no more rows than they need. */
    private static Table of(Definition definition, int rows) {
        Map<String, Column> columns = new LinkedHashMap<>();
        definition.asked().forEach(column -> columns.put(column, ALL.column(column)));
        Table asked = Table.keyed("date", ALL.keys(), columns);
        int needed = definition
                .split()
                .neededRows(definition.warmUp(), definition.target().horizon())
                .orElse(rows);
        return asked.slice(rows - needed, rows);
    }

    private static Definition definition(Split split, String... columns) {
        List<Feature> features = Stream.of(columns)
                .<Feature>map(column -> new ColumnFeature(column, column))
                .toList();
        return new Definition(
                new ModelName("numbers"),
                "A number.",
                null,
                new Source.Bundled("numbers"),
                null,
                null,
                new Value("t", 0, "m"),
                features,
                split,
                null,
                null,
                new Trainer.Linear(),
                null,
                null,
                1,
                new Gate(Metric.RMSE, 0, 1, Gate.Mode.COMMIT),
                null,
                null,
                null);
    }

    private static Table rows() {
        Random random = new Random(3);
        LocalDate first = LocalDate.of(2001, 1, 1);
        return Table.keyed(
                "date",
                IntStream.range(0, ROWS)
                        .mapToObj(row -> first.plusDays(row).toString())
                        .toList(),
                Map.of(
                        "x", new Column.Numbers(random.doubles(ROWS).toArray()),
                        "y", new Column.Numbers(random.doubles(ROWS).toArray()),
                        "t", new Column.Numbers(random.doubles(ROWS).toArray()),
                        "group",
                                new Column.Words(IntStream.range(0, ROWS)
                                        .mapToObj(row -> "g" + random.nextInt(40))
                                        .toArray(String[]::new))));
    }
}
