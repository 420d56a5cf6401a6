package dev.laurel.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.definition.Trainer;
import dev.laurel.predictor.Compiled;
import org.junit.jupiter.api.Test;

class NeighboursLearnerTest {
    /** {@code KNeighborsRegressor(3)} of scikit-learn 1.9.1. */
    @Test
    void valuesAreThoseOfScikitLearn() {
        Compiled model = Learners.fit(new Trainer.Knn(3), Lessons.ofValues(Lessons.VECTORS, Lessons.VALUES), 1);

        assertThat(Lessons.scores(model, 0, 0, 0)[0]).isCloseTo(0.5, within(1e-12));
        assertThat(Lessons.scores(model, 1, 1, 1)[0]).isCloseTo(1.2666666666666666, within(1e-12));
    }

    /** {@code KNeighborsClassifier(3)} of scikit-learn 1.9.1. */
    @Test
    void labelsAreThoseOfScikitLearn() {
        Compiled model =
                Learners.fit(new Trainer.Knn(3), Lessons.ofLabels(3, Lessons.VECTORS, Lessons.THREE_LABELS), 1);

        assertThat(Lessons.scores(model, 0, 0, 0))
                .containsExactly(new double[] {1.0 / 3, 1.0 / 3, 1.0 / 3}, within(1e-12));
        assertThat(Lessons.scores(model, 1, 1, 1)).containsExactly(new double[] {1.0 / 3, 0, 2.0 / 3}, within(1e-12));
    }

    @Test
    void ofFewerRowsAllAreNeighbours() {
        Compiled model = Learners.fit(new Trainer.Knn(5), Lessons.ofValues(new double[][] {{1}, {2}}, 10, 20), 1);

        assertThat(Lessons.scores(model, 0)[0]).isEqualTo(15);
    }

    /** So that whoever changes the lesson later does not change the model. */
    @Test
    void keepsItsOwnAnswers() {
        double[] values = {10, 20};
        Compiled model = Learners.fit(new Trainer.Knn(1), Lessons.ofValues(new double[][] {{1}, {2}}, values), 1);

        values[0] = 99;

        assertThat(Lessons.scores(model, 1)[0]).isEqualTo(10);
    }
}
