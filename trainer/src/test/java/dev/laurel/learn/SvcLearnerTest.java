package dev.laurel.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.definition.Trainer;
import dev.laurel.predictor.Compiled;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SvcLearnerTest {
    private static final Trainer.Svc SVC = new Trainer.Svc(Trainer.Kernel.RBF, 1, 0);

    /** Labels that are drawn with a known probability: it is found again, on average of many rows. */
    @Test
    void probabilitiesAreThoseOfOtherRows() {
        Random random = new Random(1);
        double[][] vectors = Lessons.vectors(800, 2, 1);
        double[] labels = Arrays.stream(vectors)
                .mapToDouble(vector -> random.nextDouble() < chance(vector) ? 0 : 1)
                .toArray();
        Compiled model = Learners.fit(SVC, Lessons.ofLabels(2, vectors, labels), 1);

        double error = 0;
        double[][] others = Lessons.vectors(500, 2, 2);
        for (double[] vector : others) {
            error += Math.abs(Lessons.scores(model, vector)[0] - chance(vector)) / others.length;
        }
        assertThat(error).isLessThan(0.08);
    }

    private static double chance(double[] vector) {
        return vector[0] > 0.5 ? 0.8 : 0.2;
    }

    @Test
    void aLabelThatDoesNotOccurIsNotLikely() {
        Compiled model = Learners.fit(SVC, Lessons.ofLabels(4, Lessons.VECTORS, Lessons.THREE_LABELS), 1);

        for (double[] vector : Lessons.VECTORS) {
            assertThat(Lessons.scores(model, vector)[3]).isBetween(0.0, 0.15);
        }
    }

    @Test
    void learnsFromOneRowOfEachLabel() {
        Compiled model = Learners.fit(SVC, Lessons.ofLabels(2, new double[][] {{0, 1}, {1, 0}}, 0, 1), 1);

        assertThat(Lessons.scores(model, 0, 1)[0]).isBetween(0.0, 1.0);
    }

    @Test
    void rowsThatAreAllAlikeGiveFiniteAnswers() {
        Compiled model = Learners.fit(SVC, Lessons.ofLabels(2, new double[6][1], 0, 1, 0, 1, 1, 1), 1);

        assertThat(Lessons.scores(model, 0)[0]).isBetween(0.0, 0.6);
    }
}
