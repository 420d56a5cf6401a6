package dev.laurel.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.drift.ColumnDrift.Kind;
import dev.laurel.drift.ColumnDrift.Verdict;
import dev.laurel.model.InvalidValueException;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import dev.laurel.task.Answer;
import dev.laurel.task.Regression;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Drift of one feature and two columns, in all the odd cases. */
class DriftTest {
    private static final Regression TASK = new Regression("EUR");

    @Test
    void noRowsAreTooFewToTell() {
        Drift drift = drift(profile(1000), new double[0], new String[0]);

        assertThat(drift.outcome()).isInstanceOfSatisfying(DriftOutcome.TooFewRows.class, few -> {
            assertThat(few.rows()).isZero();
            assertThat(few.needed()).isBetween(50L, 200L);
        });
        assertThat(drift.columns())
                .allSatisfy(column -> assertThat(column.verdict()).isEqualTo(Verdict.TOO_FEW_ROWS));
    }

    @Test
    void oneRowIsTooFewHoweverFarAway() {
        assertThat(drift(profile(1000), new double[] {1e9}, new String[] {"blue"})
                        .outcome())
                .isInstanceOf(DriftOutcome.TooFewRows.class);
    }

    @Test
    void aHandfulOfIdenticalRowsIsOneRow() {
        double[] same = new double[40];
        Arrays.fill(same, 0.123);

        Drift drift = drift(profile(1000), same, words(40, "red"));

        assertThat(drift.rows()).isEqualTo(1);
        assertThat(drift.repeated()).isEqualTo(39);
        assertThat(drift.outcome()).isInstanceOf(DriftOutcome.TooFewRows.class);
    }

    @Test
    void missingValuesBesideALargeReferenceAreFound() {
        Drift drift = drift(profile(100_000), normal(300, 0), new String[300]);

        assertThat(drift.outcome()).isEqualTo(new DriftOutcome.Drifted(List.of("colour")));
        ColumnDrift missing = of(drift, "colour", Kind.MISSING);
        assertThat(missing.shareThen()).isZero();
        assertThat(missing.shareNow()).isEqualTo(1);
        assertThat(of(drift, "colour", Kind.WORDS).rows()).isZero();
        assertThat(of(drift, "colour", Kind.WORDS).verdict()).isEqualTo(Verdict.TOO_FEW_ROWS);
    }

    @Test
    void aColumnThatWasAlwaysMissingIsSteadyAsLongAsItStaysSo() {
        Profile profile = profile(normal(1000, 7), new String[1000]);

        assertThat(drift(profile, normal(300, 0), new String[300]).outcome()).isEqualTo(new DriftOutcome.Steady());
        assertThat(drift(profile, normal(300, 0), words(300, "red", "blue")).outcome())
                .isEqualTo(new DriftOutcome.Drifted(List.of("colour")));
    }

    @Test
    void aConstantColumnIsSteadyUntilItChangesEitherWay() {
        double[] sevens = new double[1000];
        Arrays.fill(sevens, 7);
        Profile profile = profile(sevens, words(1000, "red", "blue"));

        Drift same = drift(profile, Arrays.copyOf(sevens, 300), words(300, "red", "blue"));
        assertThat(same.outcome()).isEqualTo(new DriftOutcome.Steady());
        assertThat(of(same, "x", Kind.NUMBERS).wasserstein()).isNull();
        for (double other : new double[] {6.9, 7.1}) {
            double[] others = new double[300];
            Arrays.fill(others, other);
            assertThat(drift(profile, others, words(300, "red", "blue")).outcome())
                    .isEqualTo(new DriftOutcome.Drifted(List.of("x")));
        }
    }

    @Test
    void theLargestNumbersAreCountedAsAnyOthers() {
        double[] largest = IntStream.range(0, 300)
                .mapToDouble(i -> Double.MAX_VALUE / (i + 1))
                .toArray();

        Drift drift = drift(profile(1000), largest, words(300, "red", "blue"));

        assertThat(drift.outcome()).isEqualTo(new DriftOutcome.Drifted(List.of("x")));
        assertThat(of(drift, "x", Kind.NUMBERS).wasserstein()).isFinite();
    }

    @Test
    void aSingleWordIsSteadyAndAnotherOneIsNot() {
        Profile profile = profile(normal(1000, 7), words(1000, "red"));

        assertThat(drift(profile, normal(300, 0), words(300, "red")).outcome()).isEqualTo(new DriftOutcome.Steady());
        Drift other = drift(profile, normal(300, 0), words(300, "green"));
        assertThat(other.outcome()).isEqualTo(new DriftOutcome.Drifted(List.of("colour")));
        assertThat(of(other, "colour", Kind.WORDS).unseen()).containsExactly("green");
        assertThat(of(other, "colour", Kind.WORDS).distance()).isEqualTo(1);
    }

    @Test
    void fewUnseenWordsAreNamedAndNoDrift() {
        String[] words = words(300, "red", "blue");
        words[17] = "mauve";

        Drift drift = drift(profile(1000), normal(300, 0), words);

        assertThat(drift.outcome()).isEqualTo(new DriftOutcome.Steady());
        assertThat(of(drift, "colour", Kind.WORDS).unseen()).containsExactly("mauve");
    }

    @Test
    void aDifferenceThatDoesNotMatterIsNoDriftHoweverManyRowsShowIt() {
        Drift drift = drift(profile(100_000), normal(100_000, 0.1), words(100_000, "red", "blue"));

        assertThat(of(drift, "x", Kind.NUMBERS).q()).isLessThan(1e-6);
        assertThat(drift.outcome()).isEqualTo(new DriftOutcome.Steady());
    }

    @Test
    void theAnswersDriftAsColumnsDo() {
        Profile profile = profile(1000);
        Tally tally = new Tally(profile);
        Random random = new Random(3);
        for (int row = 0; row < 300; row++) {
            tally.add(
                    new double[] {random.nextGaussian()},
                    new Answer.Estimated(5 + random.nextGaussian(), "EUR"),
                    null,
                    0);
        }

        Drift drift = Drift.of(profile, tally.seen(), DriftRules.USUAL);

        assertThat(drift.outcome()).isEqualTo(new DriftOutcome.Drifted(List.of("value")));
        assertThat(of(drift, "value", Kind.ANSWERS).wasserstein()).isBetween(4.5, 5.5);
    }

    @Test
    void partsAddUpToTheWhole() {
        Profile profile = profile(1000);
        double[] numbers = normal(500, 0.3);
        String[] words = words(500, "red", "blue", "green");
        Seen whole = seen(profile, numbers, words);

        Seen parts = seen(profile, Arrays.copyOf(numbers, 200), Arrays.copyOf(words, 200))
                .plus(seen(profile, Arrays.copyOfRange(numbers, 200, 500), Arrays.copyOfRange(words, 200, 500)));

        assertThat(parts.features().get("x").counts())
                .isEqualTo(whole.features().get("x").counts());
        assertThat(parts.columns()).isEqualTo(whole.columns());
        assertThat(parts.rows()).isEqualTo(whole.rows());
    }

    @Test
    void wordsThatNoFileCouldHoldAreCountedAndNotNamed() {
        Tally tally = new Tally(profile(1000));
        Table table = table(new double[] {0, 0, 0}, new String[] {"\ud800", "x".repeat(60_000), "mauve"});
        for (int row = 0; row < 3; row++) {
            tally.add(new double[] {row}, new Answer.Estimated(row, "EUR"), table, row);
        }

        Seen.Words words = Objects.requireNonNull(tally.seen().columns().get("colour"));
        assertThat(words.words()).containsOnlyKeys("mauve");
        assertThat(words.others()).isEqualTo(2);
    }

    @Test
    void unknownWordsOfASecretColumnAreCountedAndNotNamed() {
        Profile profile = profile(1000);
        String column = profile.columns().stream()
                .filter(each -> each.words() != null)
                .findFirst()
                .orElseThrow()
                .column();
        Tally tally = new Tally(profile, Set.of(column));
        Table table = table(new double[] {0, 0, 0}, new String[] {"red", "whisper", "whisper"});
        for (int row = 0; row < 3; row++) {
            tally.add(new double[] {row}, new Answer.Estimated(row, "EUR"), table, row);
        }

        Seen.Words words = Objects.requireNonNull(tally.seen().columns().get(column));
        assertThat(words.words()).containsOnlyKeys("red");
        assertThat(words.others()).isEqualTo(2);
    }

    @Test
    void aProfileWithoutCountsSaysSo() {
        Profile old = Profiles.of(List.of("x"), new double[][] {{1}}, TASK, new double[] {1});

        assertThatThrownBy(() -> new Tally(old))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(
                        "profile: without counts (expected: one that drift can be measured against; train the model again)");
    }

    private static ColumnDrift of(Drift drift, String name, Kind kind) {
        return drift.columns().stream()
                .filter(column -> column.name().equals(name) && column.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static Drift drift(Profile profile, double[] numbers, @Nullable String[] words) {
        return Drift.of(profile, seen(profile, numbers, words), DriftRules.USUAL);
    }

    private static Seen seen(Profile profile, double[] numbers, @Nullable String[] words) {
        Tally tally = new Tally(profile);
        Table table = table(numbers, words);
        Random random = new Random(1);
        for (int row = 0; row < numbers.length; row++) {
            tally.add(new double[] {numbers[row]}, new Answer.Estimated(random.nextGaussian(), "EUR"), table, row);
        }
        return tally.seen();
    }

    private static Profile profile(int rows) {
        return profile(normal(rows, 7), words(rows, "red", "blue"));
    }

    private static Profile profile(double[] numbers, @Nullable String[] words) {
        int[] rows = IntStream.range(0, numbers.length).toArray();
        Table table = table(numbers, words);
        Random random = new Random(2);
        DoubleSupplier value = random::nextGaussian;
        return Profiles.of(
                List.of("x"),
                Set.of("x"),
                Arrays.stream(numbers).mapToObj(number -> new double[] {number}).toArray(double[][]::new),
                TASK,
                new double[numbers.length],
                List.of(Profiles.column(table, "colour", rows), Profiles.column(table, "size", rows)),
                IntStream.range(0, 500)
                        .mapToObj(i -> (Answer) new Answer.Estimated(value.getAsDouble(), "EUR"))
                        .toList());
    }

    private static Table table(double[] numbers, @Nullable String[] words) {
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put("colour", new Column.Words(words));
        columns.put("size", new Column.Numbers(numbers));
        return Table.unkeyed(numbers.length, columns);
    }

    /** @param shift of the mean; 7 for other numbers without one */
    private static double[] normal(int rows, double shift) {
        Random random = new Random((long) (shift * 100) + rows);
        double mean = shift == 7 ? 0 : shift;
        return IntStream.range(0, rows)
                .mapToDouble(i -> mean + random.nextGaussian())
                .toArray();
    }

    private static String[] words(int rows, String... words) {
        return IntStream.range(0, rows).mapToObj(i -> words[i % words.length]).toArray(String[]::new);
    }
}
