package dev.laurel.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Trainer;
import dev.laurel.predictor.Compiled;
import dev.laurel.predictor.PredictorFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LearnersTest {
    private static final List<Trainer> TRAINERS = List.of(
            new Trainer.RandomForest(9, 6, 0.5, 4, 2),
            new Trainer.ExtraTrees(9, 6, 0.5, 4, 2),
            new Trainer.Bagging(9, 6, 4, 2),
            new Trainer.DecisionTree(6, 4, 2),
            new Trainer.Logistic(0.001),
            new Trainer.Linear(),
            new Trainer.Ridge(1),
            new Trainer.Lasso(0.01),
            new Trainer.ElasticNet(0.01, 0.5),
            new Trainer.Knn(5),
            new Trainer.Svc(Trainer.Kernel.RBF, 10, 0),
            new Trainer.Svr(Trainer.Kernel.RBF, 10, 0, 0.01),
            new Trainer.GradientBoosting(20, 4, 0.3, 1, 1, 0.8));

    private static final Lesson VALUES = Lessons.drawn(200, 4, 1, vector -> 3 * vector[0] - vector[2] * vector[3]);
    private static final Lesson LABELS = Lessons.ofLabels(
            3,
            VALUES.vectors(),
            Arrays.stream(VALUES.vectors())
                    .mapToDouble(vector -> Math.floor(3 * vector[1]))
                    .toArray());

    /** A trainer with each lesson that is for it. */
    record Case(Trainer trainer, Lesson lesson) {
        @Override
        public String toString() {
            return trainer + " of " + lesson.task().described();
        }
    }

    static Stream<Case> cases() {
        return TRAINERS.stream()
                .flatMap(trainer -> Stream.concat(
                        trainer.learnsValues() ? Stream.of(new Case(trainer, VALUES)) : Stream.of(),
                        trainer.learnsLabels() ? Stream.of(new Case(trainer, LABELS)) : Stream.of()));
    }

    @Test
    void noTrainerIsWithoutALearner() {
        assertThat(TRAINERS)
                .extracting(Object::getClass)
                .containsExactlyInAnyOrder(Trainer.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aModelTakesTheFeaturesAndGivesTheAnswersOfItsTask(Case each) {
        Compiled model = Learners.fit(each.trainer, each.lesson, 1);

        assertThat(model.inputs()).isEqualTo(4);
        assertThat(model.outputs()).isEqualTo(each.lesson.task().outputs());
        for (double[] vector : each.lesson.vectors()) {
            each.lesson.task().expectScores(Lessons.scores(model, vector));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void knowsMoreThanTheNaiveAnswer(Case each) {
        Compiled model = Learners.fit(each.trainer, each.lesson, 1);

        double[] naive = each.lesson.task().naive(each.lesson.truth());
        double errors = 0;
        double naiveErrors = 0;
        for (int row = 0; row < each.lesson.rows(); row++) {
            errors += error(each.lesson, row, Lessons.scores(model, each.lesson.vectors()[row]));
            naiveErrors += error(each.lesson, row, naive);
        }
        assertThat(errors).isLessThan(naiveErrors / 2);
    }

    private static double error(Lesson lesson, int row, double[] scores) {
        return lesson.task().isOfLabels()
                ? 1 - scores[(int) lesson.truth()[row]]
                : Math.pow(scores[0] - lesson.truth()[row], 2);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSameSeedGivesTheSameBytesOnAnyNumberOfCores(Case each) throws ExecutionException, InterruptedException {
        byte[] first = Lessons.bytes(Learners.fit(each.trainer, each.lesson, 7));

        for (int cores : new int[] {1, 2, 7}) {
            ForkJoinPool pool = new ForkJoinPool(cores);
            try {
                // A parallel stream runs in the pool that it is started in.
                Compiled again = pool.submit(() -> Learners.fit(each.trainer, each.lesson, 7))
                        .get();
                assertThat(Lessons.bytes(again)).isEqualTo(first);
            } finally {
                pool.shutdown();
            }
        }
    }

    /** Those whose trainer says so, and no others; what is looked at changes nothing. */
    @ParameterizedTest
    @MethodSource("cases")
    void showsModelsOnItsWay(Case each) {
        Case longer = new Case(longer(each.trainer), longer(each.lesson));
        List<Integer> seen = new ArrayList<>();

        Compiled whole = Learners.fit(longer.trainer, longer.lesson, 1, (parts, soFar) -> {
                    seen.add(parts);
                    Compiled model = soFar.get();
                    longer.lesson
                            .task()
                            .expectScores(Lessons.scores(model, longer.lesson.vectors()[0]));
                    return true;
                })
                .orElseThrow();

        assertThat(!seen.isEmpty()).isEqualTo(longer.trainer.parts() != null);
        assertThat(Lessons.bytes(whole)).isEqualTo(Lessons.bytes(Learners.fit(longer.trainer, longer.lesson, 1)));
        if (!seen.isEmpty()) {
            assertThat(seen)
                    .startsWith(Checkpoint.FIRST)
                    .doesNotHaveDuplicates()
                    .allMatch(Checkpoint::isDue);
            assertThat(Learners.fit(longer.trainer, longer.lesson, 1, (parts, soFar) -> false))
                    .isEmpty();
        }
    }

    /** So that there is something to see before its end. */
    private static Trainer longer(Trainer trainer) {
        if (trainer instanceof Trainer.RandomForest) {
            return new Trainer.RandomForest(40, 6, 0.5, 4, 2);
        }
        if (trainer instanceof Trainer.ExtraTrees) {
            return new Trainer.ExtraTrees(40, 6, 0.5, 4, 2);
        }
        return trainer instanceof Trainer.Bagging ? new Trainer.Bagging(40, 6, 4, 2) : trainer;
    }

    /** Each number is nearly the one before it, which takes iterations many parts. */
    private static Lesson longer(Lesson lesson) {
        double[][] alike = Arrays.stream(lesson.vectors())
                .map(vector -> {
                    double[] sums = vector.clone();
                    for (int feature = 1; feature < sums.length; feature++) {
                        sums[feature] = sums[feature - 1] + 0.2 * vector[feature];
                    }
                    return sums;
                })
                .toArray(double[][]::new);
        return new Lesson(alike, lesson.truth(), lesson.task());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersTheSameOnceKept(Case each) {
        Compiled model = Learners.fit(each.trainer, each.lesson, 1);

        Compiled decoded = PredictorFormat.decode(PredictorFormat.encode(model));

        for (double[] vector : each.lesson.vectors()) {
            assertThat(Lessons.scores(decoded, vector)).containsExactly(Lessons.scores(model, vector));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void leavesTheLessonAsItIs(Case each) {
        double[][] vectors =
                Arrays.stream(each.lesson.vectors()).map(double[]::clone).toArray(double[][]::new);
        double[] truth = each.lesson.truth().clone();

        Learners.fit(each.trainer, each.lesson, 1);

        assertThat(each.lesson.vectors()).isDeepEqualTo(vectors);
        assertThat(each.lesson.truth()).containsExactly(truth);
    }

    @Test
    void anotherSeedGivesAnotherForest() {
        for (Trainer trainer : TRAINERS.subList(0, 3)) {
            assertThat(Lessons.bytes(Learners.fit(trainer, VALUES, 1)))
                    .isNotEqualTo(Lessons.bytes(Learners.fit(trainer, VALUES, 2)));
        }
    }

    @Test
    void refusesTasksThatATrainerDoesNotLearn() {
        assertThatThrownBy(() -> Learners.fit(new Trainer.Linear(), LABELS, 1))
                .hasMessage("trainer: Linear[] (expected: one that learns labels)");
        assertThatThrownBy(() -> Learners.fit(new Trainer.Logistic(1), VALUES, 1))
                .hasMessage("trainer: Logistic[penalty=1.0] (expected: one that learns values)");
    }
}
