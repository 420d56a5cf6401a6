package dev.laurel.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.definition.Trainer;
import dev.laurel.model.Digest;
import dev.laurel.predictor.Compiled;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForestLearnerTest {

    /**
     * Model files are made again to check them, so that forests of labels must stay what they were before there were
     * other trees.
     */
    @ParameterizedTest
    @CsvSource({
        "2, 5, 0.5, sha256:671eac0da152e7b6d3fb7ef04ffa43c68ef2bc3103d7f17acaf9b2630cb82154",
        "2, 2, 1.0, sha256:ae3b2ca91d81fc1d4f48169097c51e1874d7d68056ad4f43e56c851a697e80a1",
        "3, 6, 0.4, sha256:962f8a96b91354cba4f79d096b69406ace9304c59dba5422ea12fd20e6e4ec76",
        "7, 4, 1.0, sha256:26d52ebeb09a29b8ac8c74787c57f776b21f36456eeec0cca49c4d184d81ce73"
    })
    void forestsOfLabelsAreWhatTheyAlwaysWere(int labels, int features, double featureFraction, String digest) {
        double[][] vectors = Lessons.vectors(400, features, labels);
        for (double[] vector : vectors) {
            vector[features - 1] = Math.rint(5 * vector[features - 1]);
        }
        double[] places = Arrays.stream(vectors)
                .mapToDouble(vector -> (int) (31 * vector[0] + 7 * vector[features - 1]) % labels)
                .toArray();

        Compiled forest = Learners.fit(
                new Trainer.RandomForest(20, 7, featureFraction, 2, 1), Lessons.ofLabels(labels, vectors, places), 42);

        assertThat(Digest.of(Lessons.bytes(forest)).toString()).isEqualTo(digest);
    }

    /** So many that the features of a node are looked at side by side; the digests are of trees that were grown one by one. */
    @Test
    void treesOnManyRowsAreWhatTheyAlwaysWere() {
        double[][] vectors = Lessons.vectors(12_000, 5, 3);
        Lesson labels = Lessons.ofLabels(
                2,
                vectors,
                Arrays.stream(vectors)
                        .mapToDouble(vector -> (int) (31 * vector[0] + 7 * vector[4]) % 2)
                        .toArray());
        Lesson values = Lessons.ofValues(
                vectors,
                Arrays.stream(vectors)
                        .mapToDouble(vector -> vector[0] * vector[1] + vector[2])
                        .toArray());

        assertThat(digest(new Trainer.DecisionTree(6, 2, 1), labels))
                .isEqualTo("sha256:6d43d8336d47878d6c651d2a2bb75834552f6d78ab664267293d469add9f102e");
        assertThat(digest(new Trainer.DecisionTree(6, 2, 1), values))
                .isEqualTo("sha256:919cc41d6048fdea83ebbeaf231d71ebd0970a4f0b8f07fd1ff9bab35c39c78d");
        assertThat(digest(new Trainer.GradientBoosting(3, 4, 0.1, 1, 1, 1), labels))
                .isEqualTo("sha256:a5d6e74efc45802b253f5bcaeb7dcdd3907a314d3ce40c3453343f7b0331789e");
    }

    private static String digest(Trainer trainer, Lesson lesson) {
        return Digest.of(Lessons.bytes(Learners.fit(trainer, lesson, 42))).toString();
    }

    /**
     * {@code DecisionTreeRegressor(max_depth=3, min_samples_leaf=2)} of scikit-learn 1.9.1; no two splits are equally
     * good.
     */
    @Test
    void aTreeOfValuesIsThatOfScikitLearn() {
        Compiled tree =
                Learners.fit(new Trainer.DecisionTree(3, 2, 2), Lessons.ofValues(Lessons.VECTORS, Lessons.VALUES), 1);

        assertThat(Arrays.stream(Lessons.VECTORS).mapToDouble(vector -> Lessons.scores(tree, vector)[0]))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b))
                .containsExactly(3.7, 1.0, -3.1, 6.6, -3.1, 1.0, 6.6, -3.1, 1.0, 3.7);
    }

    /** {@code DecisionTreeRegressor(max_depth=3, min_samples_split=6)} of scikit-learn 1.9.1. */
    @Test
    void aTreeOfValuesSplitsAsThatOfScikitLearn() {
        Compiled tree =
                Learners.fit(new Trainer.DecisionTree(3, 6, 1), Lessons.ofValues(Lessons.VECTORS, Lessons.VALUES), 1);

        assertThat(Arrays.stream(Lessons.VECTORS).mapToDouble(vector -> Lessons.scores(tree, vector)[0]))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b))
                .containsExactly(5.15, 1.0, -3.1, 5.15, -3.1, 1.0, 5.15, -3.1, 1.0, 5.15);
    }

    /** What is left of the squared errors of the mean, for rows that were not learned from. */
    @ParameterizedTest
    @CsvSource({"0.12, forest", "0.05, extra", "0.12, bagging", "0.15, tree"})
    void learnsASmoothFunction(double left, String name) {
        Trainer trainer = switch (name) {
            case "forest" -> new Trainer.RandomForest(40, 12, 0.7, 2, 1);
            case "extra" -> new Trainer.ExtraTrees(40, 12, 1, 2, 1);
            case "bagging" -> new Trainer.Bagging(40, 12, 2, 1);
            default -> new Trainer.DecisionTree(12, 2, 1);
        };
        Lesson lesson = Lessons.drawn(500, 3, 1, ForestLearnerTest::smooth);
        Lesson others = Lessons.drawn(500, 3, 2, ForestLearnerTest::smooth);

        double error = Lessons.meanSquaredError(Learners.fit(trainer, lesson, 1), others);

        double mean = others.task().naive(lesson.truth())[0];
        double ofTheMean = Arrays.stream(others.truth())
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
        assertThat(error).isLessThan(left * ofTheMean);
    }

    private static double smooth(double[] vector) {
        return StrictMath.sin(4 * vector[0]) + vector[1] * vector[1];
    }

    /** Trees average, so that no answer lies beyond the values. */
    @Test
    void answersWithinTheValuesOfTheLesson() {
        Lesson lesson = Lessons.drawn(100, 2, 3, vector -> vector[0] > 0.5 ? 0.1 : 0.7);

        Compiled forest = Learners.fit(new Trainer.RandomForest(30, 12, 1, 2, 1), lesson, 1);

        for (double[] vector : Lessons.vectors(200, 2, 4)) {
            assertThat(Lessons.scores(forest, vector)[0]).isBetween(0.1 - 1e-15, 0.7 + 1e-15);
        }
        assertThat(Lessons.scores(forest, 0.9, 0.5)[0]).isCloseTo(0.1, within(1e-12));
    }
}
