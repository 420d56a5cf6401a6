package dev.laurel.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.definition.Trainer;
import dev.laurel.predictor.Compiled;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LogisticLearnerTest {
    /**
     * {@code LogisticRegression(C=2, solver="newton-cholesky", tol=1e-14)} of scikit-learn 1.9.1, whose {@code C} is 1
     * over the rows times the penalty; its second class is the label at place 0.
     */
    @Test
    void twoLabelsAreThoseOfScikitLearn() {
        Compiled model = fit(0.05, Lessons.ofLabels(2, Lessons.VECTORS, Lessons.TWO_LABELS));

        assertThat(logOdds(model, 1))
                .containsExactly(
                        new double[] {-0.4346445360833714, 0.26534978821407834, -1.417389972085193, -0.06968683947145664
                        },
                        within(1e-6));
        assertThat(Lessons.scores(model, Lessons.VECTORS[0])[0]).isCloseTo(0.7667120547255931, within(1e-7));
        assertThat(Lessons.scores(model, Lessons.VECTORS[1])[0]).isCloseTo(0.42007557288426867, within(1e-7));
    }

    /** The same with three classes, which scikit-learn fits as multinomial. */
    @Test
    void threeLabelsAreThoseOfScikitLearn() {
        Compiled model = fit(0.05, Lessons.ofLabels(3, Lessons.VECTORS, Lessons.THREE_LABELS));

        assertThat(Lessons.scores(model, Lessons.VECTORS[0]))
                .containsExactly(
                        new double[] {0.6267518035218639, 0.3580774516398004, 0.015170744838335578}, within(1e-7));
        assertThat(Lessons.scores(model, Lessons.VECTORS[1]))
                .containsExactly(
                        new double[] {0.4044714893402069, 0.5298454032934212, 0.06568310736637183}, within(1e-7));
        assertThat(logOdds(model, 2))
                .containsExactly(
                        new double[] {
                            -0.1748823616632581 + 0.725134378600202,
                            0.9239869050722067 + 0.5218679593566313,
                            -0.12947198026739093 - 1.3319413755833873,
                            0.3281722919661084 - 0.09673687634751445
                        },
                        within(1e-6));
    }

    /** Two of three rows at each place have its label: the odds are 2 to 1, and 1 to 2. */
    @Test
    void sharesOfOneFeature() {
        Lesson lesson = Lessons.ofLabels(2, new double[][] {{0}, {0}, {0}, {1}, {1}, {1}}, 0, 0, 1, 0, 1, 1);

        assertThat(logOdds(fit(0, lesson), 1))
                .containsExactly(new double[] {Math.log(2), -2 * Math.log(2)}, within(1e-7));
    }

    /** Without a penalty the weights would grow for ever. */
    @Test
    void labelsThatALineDividesGiveFiniteWeights() {
        Lesson lesson = Lessons.ofLabels(2, new double[][] {{1}, {2}, {3}, {4}}, 0, 0, 1, 1);

        Compiled model = fit(0, lesson);

        assertThat(Lessons.scores(model, 2)[0]).isBetween(0.999, 1.0);
        assertThat(Lessons.scores(model, 3)[0]).isBetween(0.0, 0.001);
        assertThat(Lessons.scores(model, 2.5)[0]).isBetween(0.3, 0.7);
    }

    @Test
    void aLabelThatDoesNotOccurIsNeverLikely() {
        Compiled model = fit(0.01, Lessons.ofLabels(4, Lessons.VECTORS, Lessons.THREE_LABELS));

        for (double[] vector : Lessons.VECTORS) {
            assertThat(Lessons.scores(model, vector)[3]).isBetween(0.0, 1e-6);
        }
    }

    /** Features of very different sizes, far from 0: without a penalty the answers are those for standardised ones. */
    @Test
    void unitsChangeNoAnswerWithoutAPenalty() {
        double[][] vectors = Arrays.stream(Lessons.VECTORS)
                .map(v -> new double[] {1e4 + v[0], v[1] * 1e-4, v[2] * 1e4})
                .toArray(double[][]::new);
        double[] places = {0, 1, 1, 1, 1, 0, 0, 0, 1, 0};
        Compiled model = fit(0, Lessons.ofLabels(2, Lessons.VECTORS, places));
        Compiled other = fit(0, Lessons.ofLabels(2, vectors, places));

        for (int row = 0; row < vectors.length; row++) {
            assertThat(Lessons.scores(other, vectors[row])[0])
                    .isCloseTo(Lessons.scores(model, Lessons.VECTORS[row])[0], within(1e-6));
        }
    }

    @Test
    void aConstantFeatureHasNoWeight() {
        double[][] vectors = Arrays.stream(Lessons.VECTORS)
                .map(v -> new double[] {v[0], 0.1, v[1]})
                .toArray(double[][]::new);

        assertThat(logOdds(fit(0, Lessons.ofLabels(2, vectors, Lessons.TWO_LABELS)), 1)[2])
                .isCloseTo(0, within(1e-12));
    }

    private static Compiled fit(double penalty, Lesson lesson) {
        return Learners.fit(new Trainer.Logistic(penalty), lesson, 1);
    }

    /** Of the label at place 0 against another: the intercept, then the weights. */
    private static double[] logOdds(Compiled model, int other) {
        double[] odds = new double[model.inputs() + 1];
        double[] vector = new double[model.inputs()];
        odds[0] = logOdds(Lessons.scores(model, vector), other);
        for (int feature = 0; feature < vector.length; feature++) {
            vector[feature] = 1;
            odds[feature + 1] = logOdds(Lessons.scores(model, vector), other) - odds[0];
            vector[feature] = 0;
        }
        return odds;
    }

    private static double logOdds(double[] scores, int other) {
        return Math.log(scores[0] / scores[other]);
    }
}
