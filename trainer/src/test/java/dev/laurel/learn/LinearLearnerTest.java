package dev.laurel.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.definition.Trainer;
import dev.laurel.predictor.Compiled;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearLearnerTest {
    private static final Lesson LESSON = Lessons.ofValues(Lessons.VECTORS, Lessons.VALUES);

    /**
     * {@code y = 1 + 2 x} goes through these; with the penalty 2, half of the slope is left, since the squares of x sum
     * to 2.
     */
    @Test
    void ofThreePointsOnALine() {
        Lesson line = Lessons.ofValues(new double[][] {{0}, {1}, {2}}, 1, 3, 5);

        assertThat(fitted(new Trainer.Linear(), line)).containsExactly(new double[] {1, 2}, EXACT);
        assertThat(fitted(new Trainer.Ridge(2), line)).containsExactly(new double[] {2, 1}, EXACT);
        // 2 - 0.5 / (2/3): the slope less the penalty over the mean square.
        assertThat(fitted(new Trainer.Lasso(0.5), line)).containsExactly(new double[] {1.75, 1.25}, EXACT);
        // (4/3 - 0.25) / (2/3 + 0.25)
        assertThat(fitted(new Trainer.ElasticNet(0.5, 0.5), line))
                .containsExactly(new double[] {3 - 13.0 / 11, 13.0 / 11}, EXACT);
    }

    private static final Offset<Double> EXACT = within(1e-12);

    /** {@code LinearRegression()} of scikit-learn 1.9.1: intercept, then weights. */
    @Test
    void ordinaryLeastSquaresAreThoseOfScikitLearn() {
        assertThat(fitted(new Trainer.Linear(), LESSON))
                .containsExactly(
                        new double[] {1.1881305140403595, 2.021736341570164, -1.410746673040107, 0.31689314383319145},
                        EXACT);
    }

    /** {@code Ridge(alpha=2.5, solver="cholesky")} of scikit-learn 1.9.1. */
    @Test
    void ridgeIsThatOfScikitLearn() {
        assertThat(fitted(new Trainer.Ridge(2.5), LESSON))
                .containsExactly(
                        new double[] {1.2280655945971803, 1.7830931058168025, -1.2873477274458587, 0.2719399340712873},
                        EXACT);
    }

    /** {@code Lasso(alpha=0.3, tol=1e-14, max_iter=1000000)} of scikit-learn 1.9.1. */
    @Test
    void lassoIsThatOfScikitLearn() {
        assertThat(fitted(new Trainer.Lasso(0.3), LESSON))
                .containsExactly(
                        new double[] {1.2549083824987968, 1.8548875481908933, -1.2890151654802928, 0.1912155501983422},
                        within(1e-6));
    }

    /** {@code ElasticNet(alpha=0.7, l1_ratio=0.4, tol=1e-14, max_iter=1000000)} of scikit-learn 1.9.1. */
    @Test
    void elasticNetIsThatOfScikitLearn() {
        assertThat(fitted(new Trainer.ElasticNet(0.7, 0.4), LESSON))
                .containsExactly(
                        new double[] {1.2990010864849226, 1.5272701258387265, -1.1132272489436612, 0.14946645194240224},
                        within(1e-6));
    }

    /** {@code Ridge(alpha=0.7 * 10)} of scikit-learn 1.9.1: there are ten rows. */
    @Test
    void anElasticNetWithoutLassoIsARidge() {
        assertThat(fitted(new Trainer.ElasticNet(0.7, 0), LESSON))
                .containsExactly(
                        new double[] {1.2735987101349449, 1.4757553197897817, -1.104367673658697, 0.217310555748662},
                        EXACT);
        assertThat(fitted(new Trainer.Lasso(0), LESSON)).isEqualTo(fitted(new Trainer.Linear(), LESSON));
        assertThat(fitted(new Trainer.Ridge(0), LESSON)).isEqualTo(fitted(new Trainer.Linear(), LESSON));
    }

    /** Of columns that say the same, those before the others have the weight. */
    @Test
    void aColumnThatIsACombinationOfOthersDoesNotBlowUp() {
        double[][] vectors = Arrays.stream(Lessons.VECTORS)
                .map(v -> new double[] {
                    v[0], 3 * v[0], v[1], 0.1 + 0.7 * v[0] - 0.3 * v[1], 42, 0.1 + 0.2, v[2], v[2] * 1e-9, 1e9 + v[0]
                })
                .toArray(double[][]::new);

        double[] fitted = fitted(new Trainer.Linear(), Lessons.ofValues(vectors, Lessons.VALUES));

        double[] weights = fitted(new Trainer.Linear(), LESSON);
        assertThat(fitted)
                .containsExactly(
                        new double[] {weights[0], weights[1], 0, weights[2], 0, 0, 0, weights[3], 0, 0}, within(1e-6));
    }

    /** A sum of decimals that has other last digits in some rows is no feature. */
    @Test
    void aColumnThatDiffersByRoundingIsConstant() {
        double[][] vectors = Arrays.stream(Lessons.VECTORS)
                .map(v -> new double[] {v[0] > 0 ? 0.1 + 0.2 : 0.3, v[0]})
                .toArray(double[][]::new);
        Lesson lesson = Lessons.ofValues(vectors, Lessons.VALUES);

        assertThat(fitted(new Trainer.Linear(), lesson)[1]).isZero();
        assertThat(fitted(new Trainer.Lasso(0.1), lesson)[1]).isZero();
        assertThat(fitted(new Trainer.Ridge(1e-9), lesson)[1]).isZero();
    }

    /** There are many solutions, each without errors. */
    @Test
    void moreFeaturesThanRows() {
        Lesson wide = Lessons.drawn(5, 20, 3, vector -> vector[0] + 2 * vector[7]);

        assertThat(Lessons.meanSquaredError(Learners.fit(new Trainer.Linear(), wide, 1), wide))
                .isLessThan(1e-20);
        assertThat(Arrays.stream(fitted(new Trainer.Linear(), wide))).allMatch(weight -> Math.abs(weight) < 100);
        assertThat(Lessons.meanSquaredError(Learners.fit(new Trainer.Ridge(1e-6), wide, 1), wide))
                .isLessThan(1e-6);
    }

    /** Powers of a number are nearly dependent; the normal equations would lose most digits. */
    @Test
    void nearlyDependentColumnsKeepTheirDigits() {
        Lesson powers = Lessons.ofValues(
                Arrays.stream(Lessons.vectors(50, 1, 1))
                        .map(v -> new double[] {
                            v[0], Math.pow(v[0], 2), Math.pow(v[0], 3), Math.pow(v[0], 4), Math.pow(v[0], 5)
                        })
                        .toArray(double[][]::new),
                Arrays.stream(Lessons.vectors(50, 1, 1))
                        .mapToDouble(v -> 1 - v[0] + 2 * Math.pow(v[0], 3) - Math.pow(v[0], 5))
                        .toArray());

        assertThat(fitted(new Trainer.Linear(), powers))
                .containsExactly(new double[] {1, -1, 0, 2, 0, -1}, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1})
    void lassoLeavesAUselessColumnOut(double share) {
        Lesson lesson = Lessons.drawn(300, 3, 5, vector -> 4 * vector[0] - 2 * vector[2]);

        double[] fitted = fitted(new Trainer.ElasticNet(0.02, share), lesson);

        assertThat(fitted[2]).isZero();
        assertThat(fitted[1]).isBetween(2.5, 4.0);
        assertThat(fitted[3]).isBetween(-2.0, -1.0);
    }

    @Test
    void aGreatPenaltyLeavesTheMean() {
        double mean = LESSON.task().naive(Lessons.VALUES)[0];

        assertThat(fitted(new Trainer.Lasso(1e9), LESSON)).containsExactly(new double[] {mean, 0, 0, 0}, EXACT);
        assertThat(fitted(new Trainer.Ridge(1e9), LESSON)).containsExactly(new double[] {mean, 0, 0, 0}, within(1e-6));
    }

    /** Units change the weights and nothing else. */
    @Test
    void largeMeansLoseNoDigits() {
        double[][] vectors = Arrays.stream(Lessons.VECTORS)
                .map(v -> new double[] {1e6 + v[0], v[1] * 1e-6, v[2] * 1e6})
                .toArray(double[][]::new);
        double[] weights = fitted(new Trainer.Linear(), LESSON);

        Compiled model = Learners.fit(new Trainer.Linear(), Lessons.ofValues(vectors, Lessons.VALUES), 1);

        for (int row = 0; row < vectors.length; row++) {
            double[] v = Lessons.VECTORS[row];
            assertThat(Lessons.scores(model, vectors[row])[0])
                    .isCloseTo(weights[0] + weights[1] * v[0] + weights[2] * v[1] + weights[3] * v[2], within(1e-8));
        }
    }

    /** The intercept, then the weights: what the model answers for 0 and for each unit vector. */
    private static double[] fitted(Trainer trainer, Lesson lesson) {
        Compiled model = Learners.fit(trainer, lesson, 1);
        double[] fitted = new double[lesson.features() + 1];
        double[] vector = new double[lesson.features()];
        fitted[0] = Lessons.scores(model, vector)[0];
        for (int feature = 0; feature < vector.length; feature++) {
            vector[feature] = 1;
            fitted[feature + 1] = Lessons.scores(model, vector)[0] - fitted[0];
            vector[feature] = 0;
        }
        return fitted;
    }
}
