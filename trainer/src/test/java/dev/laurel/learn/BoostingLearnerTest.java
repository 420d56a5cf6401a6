package dev.laurel.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.definition.Trainer;
import dev.laurel.predictor.Compiled;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The numbers of XGBoost are those of {@code train({objective, tree_method: exact, eta: 0.3, max_depth: 3, reg_lambda, min_child_weight},
 * d, 5)} of XGBoost 3.2.0 for the first three rows, begun with the mean or the logarithms of the shares ({@code set_base_margin}). It computes
 * in float.
 */
class BoostingLearnerTest {
    private static final Lesson VALUES = Lessons.ofValues(Lessons.VECTORS, Lessons.VALUES);
    private static final Lesson TWO = Lessons.ofLabels(2, Lessons.VECTORS, Lessons.TWO_LABELS);
    private static final Lesson THREE = Lessons.ofLabels(3, Lessons.VECTORS, Lessons.THREE_LABELS);

    /** The mean is 4. A leaf of two rows moves by {@code 0.5 * sum / (2 + 1)} of what is left: -1, -3 and 1, 3. */
    @Test
    void twoRoundsByHand() {
        Lesson lesson = Lessons.ofValues(new double[][] {{0}, {0}, {1}, {1}}, 1, 3, 5, 7);

        Compiled one = Learners.fit(new Trainer.GradientBoosting(1, 1, 0.5, 1, 1, 1), lesson, 1);
        Compiled two = Learners.fit(new Trainer.GradientBoosting(2, 1, 0.5, 1, 1, 1), lesson, 1);

        assertThat(Lessons.scores(one, 0)[0]).isCloseTo(4 - 2 / 3.0, within(1e-12));
        assertThat(Lessons.scores(one, 1)[0]).isCloseTo(4 + 2 / 3.0, within(1e-12));
        // Left over are 2 - 2/3 for each row, on average.
        assertThat(Lessons.scores(two, 0)[0]).isCloseTo(4 - 2 / 3.0 - 4 / 9.0, within(1e-12));
    }

    /** The share is 1/2, the derivatives 1/2 and 1/4 for each row: a leaf of two says {@code 1 / (1/2 + 1)}. */
    @Test
    void labelsByHand() {
        Lesson lesson = Lessons.ofLabels(2, new double[][] {{0}, {0}, {1}, {1}}, 0, 0, 1, 1);

        Compiled model = Learners.fit(new Trainer.GradientBoosting(1, 1, 1, 1, 0, 1), lesson, 1);

        assertThat(Lessons.scores(model, 0)[0]).isCloseTo(1 / (1 + Math.exp(-2 / 3.0)), within(1e-12));
    }

    @Test
    void valuesAreThoseOfXgboost() {
        assertThat(firstScores(fit(1, 0, VALUES)))
                .containsExactly(
                        new double[] {3.544909954071045, 1.8325942754745483, -1.187582015991211}, within(1e-5));
        assertThat(firstScores(fit(0.5, 3, VALUES)))
                .containsExactly(
                        new double[] {4.034131050109863, 2.093916416168213, -1.6715928316116333}, within(1e-5));
    }

    @Test
    void twoLabelsAreThoseOfXgboost() {
        assertThat(firstScores(fit(1, 0, TWO)))
                .containsExactly(
                        new double[] {0.7020506858825684, 0.5887549519538879, 0.1775524914264679}, within(1e-6));
        assertThat(firstScores(fit(0.5, 0.5, TWO)))
                .containsExactly(
                        new double[] {0.7637834548950195, 0.388091504573822, 0.14629200100898743}, within(1e-6));
    }

    @Test
    void threeLabelsAreThoseOfXgboost() {
        assertThat(Lessons.scores(fit(1, 0, THREE), Lessons.VECTORS[1]))
                .containsExactly(
                        new double[] {0.16624195873737335, 0.7190669178962708, 0.11469108611345291}, within(1e-6));
        assertThat(Lessons.scores(fit(0.5, 0.5, THREE), Lessons.VECTORS[1]))
                .containsExactly(
                        new double[] {0.2102806717157364, 0.6960810422897339, 0.09363821893930435}, within(1e-6));
    }

    /** No side of a split would have that weight. */
    @Test
    void withoutASplitAnswersTheBase() {
        Compiled model = fit(1, 6, VALUES);

        assertThat(firstScores(model)).containsExactly(new double[] {1.43, 1.43, 1.43}, within(1e-12));
    }

    @Test
    void moreTreesFitBetter() {
        Lesson lesson = Lessons.drawn(300, 3, 1, vector -> vector[0] * vector[1] + vector[2]);
        double few = Lessons.meanSquaredError(
                Learners.fit(new Trainer.GradientBoosting(5, 3, 0.2, 1, 1, 0.5), lesson, 1), lesson);
        double many = Lessons.meanSquaredError(
                Learners.fit(new Trainer.GradientBoosting(200, 3, 0.2, 1, 1, 0.5), lesson, 1), lesson);

        assertThat(many).isLessThan(few / 20);
    }

    @Test
    void theSeedSaysWhichRowsATreeGrowsOn() {
        Lesson lesson = Lessons.drawn(100, 2, 1, vector -> vector[0] + vector[1]);
        Trainer trainer = new Trainer.GradientBoosting(5, 3, 0.3, 1, 1, 0.5);

        assertThat(Lessons.bytes(Learners.fit(trainer, lesson, 1)))
                .isEqualTo(Lessons.bytes(Learners.fit(trainer, lesson, 1)))
                .isNotEqualTo(Lessons.bytes(Learners.fit(trainer, lesson, 2)));
    }

    @Test
    void aLabelThatDoesNotOccurIsNotLikely() {
        Compiled model = fit(1, 0, Lessons.ofLabels(4, Lessons.VECTORS, Lessons.THREE_LABELS));

        assertThat(Lessons.scores(model, Lessons.VECTORS[0])[3]).isBetween(0.0, 0.05);
    }

    private static Compiled fit(double lambda, double minimumChildWeight, Lesson lesson) {
        return Learners.fit(new Trainer.GradientBoosting(5, 3, 0.3, lambda, minimumChildWeight, 1), lesson, 1);
    }

    private static double[] firstScores(Compiled model) {
        return Arrays.stream(Lessons.VECTORS, 0, 3)
                .mapToDouble(vector -> Lessons.scores(model, vector)[0])
                .toArray();
    }
}
