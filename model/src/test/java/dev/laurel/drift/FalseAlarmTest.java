package dev.laurel.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.drift.Profile.ColumnProfile;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import dev.laurel.task.Answer;
import dev.laurel.task.Classification;
import dev.laurel.task.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often drift is found where there is none, and whether it is found where there is some: in 30 columns, of them 24 of numbers of several
 * forms, with ties and missing values, and six of words.
 */
class FalseAlarmTest {
    private static final int NUMBERS = 24;
    private static final int WORDS = 6;
    private static final int TRAINING = 1000;
    private static final Task TASK = new Classification(List.of("YES", "NO"));
    private static final List<String> NAMES =
            IntStream.range(0, NUMBERS).mapToObj(i -> "n" + i).toList();
    private static final DriftRules FIVE_PERCENT = new DriftRules(0.05, 0.1, 0.05, 0.2, 8);

    /**
     * Where the level alone decides, at few rows, the share has to be near it; where the difference has to matter too there is hardly any.
     */
    @ParameterizedTest(name = "{0} rows")
    @CsvSource({"8, 300", "50, 200", "100, 200", "1000, 30", "100000, 1"})
    void findsDriftWhereThereIsNoneAboutAsOftenAsItSays(int rows, int inputs) {
        int alarms = 0;
        for (int input = 0; input < inputs; input++) {
            Random random = new Random(1000L * rows + input);
            Profile profile = profile(random);
            alarms += isDrifted(Drift.of(profile, seen(profile, random, rows, 0), FIVE_PERCENT)) ? 1 : 0;
        }
        // Two deviations of a binomial distribution beyond the level.
        assertThat(alarms).isLessThanOrEqualTo((int) (inputs * 0.05 + 2 * Math.sqrt(inputs * 0.05 * 0.95)));
        if (rows <= 100) {
            assertThat(alarms).isGreaterThanOrEqualTo((int) (inputs * 0.01));
        }
    }

    @ParameterizedTest(name = "level {0}")
    @CsvSource({"0.05", "0.01"})
    void findsAShiftOfHalfADeviationInOneOfThirtyColumns(double level) {
        DriftRules rules = new DriftRules(level, 0.1, 0.05, 0.2, 8);
        int found = 0;
        for (int input = 0; input < 20; input++) {
            Random random = new Random(input);
            Profile profile = profile(random);
            Drift drift = Drift.of(profile, seen(profile, random, 1000, 0.5), rules);
            found += drift.outcome() instanceof DriftOutcome.Drifted drifted
                            && drifted.columns().contains("n0")
                    ? 1
                    : 0;
        }
        assertThat(found).isEqualTo(20);
    }

    /** Words that are frequent in training by chance, and words that come for the first time, are no drift; all others are. */
    @ParameterizedTest(name = "{0} rows, {1} words")
    @CsvSource({"3000, 950", "3000, 20000", "1000, 150", "200, 150", "20000, 4000"})
    void manyWordsAreDriftOnlyWhereTheyAreOthers(int rows, int words) {
        for (int input = 0; input < 5; input++) {
            Random random = new Random(input);
            Table then = codes(random, rows, "a", words);
            Profile profile = Profiles.of(
                    List.of("x"),
                    Set.of(),
                    new double[rows][1],
                    TASK,
                    new double[rows],
                    List.of(Profiles.column(
                            then, "code", IntStream.range(0, rows).toArray())),
                    List.of(answer(random)));

            assertThat(areCodesDrifted(profile, codes(random, 3000, "a", words)))
                    .isFalse();
            if (words <= 1000) {
                assertThat(areCodesDrifted(profile, codes(random, 3000, "b", words)))
                        .isTrue();
            }
        }
    }

    private static Table codes(Random random, int rows, String first, int different) {
        String[] words = IntStream.range(0, rows)
                .mapToObj(row -> first + random.nextInt(different))
                .toArray(String[]::new);
        return Table.unkeyed(rows, Map.of("code", new Column.Words(words)));
    }

    private static boolean areCodesDrifted(Profile profile, Table codes) {
        Tally tally = new Tally(profile);
        for (int row = 0; row < codes.rows(); row++) {
            tally.add(new double[1], answer(new Random(row)), codes, row);
        }
        return Drift.of(profile, tally.seen(), DriftRules.USUAL).columns().stream()
                .anyMatch(column -> column.name().equals("code") && column.verdict() == ColumnDrift.Verdict.DRIFTED);
    }

    private static boolean isDrifted(Drift drift) {
        return drift.outcome() instanceof DriftOutcome.Drifted;
    }

    private static Profile profile(Random random) {
        double[][] vectors = new double[TRAINING][];
        Table words = words(random, TRAINING);
        for (int row = 0; row < TRAINING; row++) {
            vectors[row] = vector(random, 0);
        }
        int[] all = IntStream.range(0, TRAINING).toArray();
        List<ColumnProfile> columns = words.columns().stream()
                .map(name -> Profiles.column(words, name, all))
                .toList();
        return Profiles.of(
                NAMES,
                Set.copyOf(NAMES),
                vectors,
                TASK,
                new double[TRAINING],
                columns,
                IntStream.range(0, 200).mapToObj(i -> answer(random)).toList());
    }

    private static Seen seen(Profile profile, Random random, int rows, double shift) {
        Tally tally = new Tally(profile);
        Table words = words(random, rows);
        for (int row = 0; row < rows; row++) {
            tally.add(vector(random, shift), answer(random), words, row);
        }
        return tally.seen();
    }

    private static double[] vector(Random random, double shift) {
        double[] vector = new double[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            double normal = random.nextGaussian();
            vector[i] = switch (i % 6) {
                case 0 -> normal;
                case 1 -> Math.exp(normal);
                case 2 -> random.nextInt(6);
                case 3 -> normal < 0 ? 0 : normal;
                case 4 -> Math.rint(normal * 2);
                default -> random.nextDouble();
            };
        }
        vector[0] += shift;
        return vector;
    }

    private static Table words(Random random, int rows) {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (int column = 0; column < WORDS; column++) {
            String[] words = new String[rows];
            for (int row = 0; row < rows; row++) {
                // From two words to many rare ones; every tenth is missing in one column.
                int word = (int) Math.abs(random.nextGaussian() * (1 + 3 * column));
                words[row] = column == 1 && random.nextInt(10) == 0 ? null : "w" + word;
            }
            columns.put("c" + column, new Column.Words(words));
        }
        return Table.unkeyed(rows, columns);
    }

    private static Answer answer(Random random) {
        double yes = random.nextDouble();
        return new Answer.Classified(yes >= 0.5 ? "YES" : "NO", yes, List.of(yes, 1 - yes));
    }
}
