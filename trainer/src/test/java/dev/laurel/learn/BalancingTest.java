package dev.laurel.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Balance;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BalancingTest {
    private static final Lesson LESSON = lesson();

    /** Rows of 60, 25, 1 and 0; the vectors of each label around its number. */
    private static Lesson lesson() {
        double[] labels = new double[86];
        Arrays.fill(labels, 60, 85, 1);
        labels[85] = 2;
        double[][] vectors = Lessons.vectors(86, 3, 5);
        for (int row = 0; row < 86; row++) {
            vectors[row][0] += 10 * labels[row];
        }
        return Lessons.ofLabels(4, vectors, labels);
    }

    static List<Balance> kinds() {
        return List.of(new Balance.Smote(5), new Balance.Oversample());
    }

    @Test
    void noKindIsWithoutAWay() {
        assertThat(Stream.concat(kinds().stream(), Stream.of(new Balance.Weights(null))))
                .extracting(Object::getClass)
                .containsExactlyInAnyOrder(Balance.class.getPermittedSubclasses());
    }

    /** As scikit-learn's {@code compute_class_weight("balanced", ...)}: 86 / (3 * 60), 86 / (3 * 25), 86 / (3 * 1). */
    @Test
    void balancedWeightsAreThoseOfScikitLearn() {
        Lesson balanced = Balancing.balanced(new Balance.Weights(null), LESSON, 1);

        assertThat(balanced.vectors()).isSameAs(LESSON.vectors());
        for (int row = 0; row < 86; row++) {
            assertThat(balanced.weight(row))
                    .isEqualTo(new double[] {0.4777777777777778, 1.1466666666666667, 28.666666666666668}
                            [balanced.labels()[row]]);
        }
    }

    @Test
    void aLabelWithoutAWeightHasOne() {
        Lesson weighed = Balancing.balanced(
                new Balance.Weights(
                        new TreeMap<>(Map.of(LESSON.task().outputNames().get(1), 4.0))),
                LESSON,
                1);

        assertThat(weighed.labelWeights()).containsExactly(60, 100, 1, 0);
    }

    @Test
    void refusesAWeightOfNoLabel() {
        assertThatThrownBy(
                        () -> Balancing.balanced(new Balance.Weights(new TreeMap<>(Map.of("nobody", 4.0))), LESSON, 1))
                .hasMessageStartingWith("balance.labels: nobody (expected: a label that the training rows have: [");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachLabelThatOccursHasAsManyRows(Balance balance) {
        Lesson balanced = Balancing.balanced(balance, LESSON, 1);

        for (int label = 0; label < 3; label++) {
            int each = label;
            assertThat(Arrays.stream(balanced.labels()).filter(one -> one == each))
                    .hasSize(60);
        }
        assertThat(balanced.labels()).doesNotContain(3);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theRowsThemselvesStandFirst(Balance balance) {
        Lesson balanced = Balancing.balanced(balance, LESSON, 1);

        assertThat(Arrays.copyOf(balanced.vectors(), 86)).isDeepEqualTo(LESSON.vectors());
        assertThat(balanced.truth()).startsWith(LESSON.truth());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void newRowsAreLikeThoseOfTheirLabel(Balance balance) {
        Lesson balanced = Balancing.balanced(balance, LESSON, 1);

        for (int row = 86; row < balanced.rows(); row++) {
            double label = balanced.truth()[row];
            assertThat(balanced.vectors()[row][0]).isBetween(10 * label, 10 * label + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theSameSeedMakesTheSameRows(Balance balance) {
        double[][] first = Balancing.balanced(balance, LESSON, 1).vectors();

        assertThat(Balancing.balanced(balance, LESSON, 1).vectors()).isDeepEqualTo(first);
        assertThat(Arrays.deepEquals(Balancing.balanced(balance, LESSON, 2).vectors(), first))
                .isFalse();
    }

    /** Each row as often as any other, or once more: 35 of 25 rows. */
    @Test
    void copiesGoAround() {
        Lesson balanced = Balancing.balanced(new Balance.Oversample(), LESSON, 1);

        for (int row = 60; row < 85; row++) {
            double[] vector = LESSON.vectors()[row];
            assertThat(Arrays.stream(balanced.vectors()).filter(each -> Arrays.equals(each, vector)))
                    .hasSizeBetween(2, 3);
        }
    }

    /**
     * Three rows; the nearest of (0, 0) is (1, 2), that of (1, 2) is (0, 0), that of (9, 2) is (1, 2). A quarter of the way, each row's new
     * one is, by hand, (0.25, 0.5), (0.75, 1.5) and (7, 2).
     */
    @Test
    void syntheticRowsByHand() {
        double[][] rows = {{0, 0}, {1, 2}, {9, 2}};

        List<double[]> made = new Smote(1).more(rows, 6, new Quarter());

        assertThat(made)
                .containsExactlyInAnyOrder(
                        new double[] {0.25, 0.5},
                        new double[] {0.75, 1.5},
                        new double[] {7, 2},
                        new double[] {0.25, 0.5},
                        new double[] {0.75, 1.5},
                        new double[] {7, 2});
    }

    /** Of two neighbours each is drawn now and then. */
    @Test
    void oneOfTheNeighboursIsDrawn() {
        double[][] rows = {{0}, {1}, {5}, {100}};

        List<double[]> made = new Smote(2).more(rows, 400, new Random(1));

        assertThat(made.stream().mapToDouble(row -> row[0]).filter(value -> value > 5))
                .hasSizeBetween(95, 100) // from 100 towards 5 or 1
                .allMatch(value -> value <= 100);
        assertThat(made.stream().mapToDouble(row -> row[0]).filter(value -> value > 1 && value <= 5))
                .isNotEmpty(); // from 0 or 1 towards 5
    }

    @Test
    void aRowWithoutOthersIsCopied() {
        assertThat(new Smote(5).more(new double[][] {{7}}, 2, new Random(1)))
                .containsExactly(new double[] {7}, new double[] {7});
    }

    private static final class Quarter extends Random {
        private static final long serialVersionUID = 1;

        @Override
        public double nextDouble() {
            return 0.25;
        }
    }
}
