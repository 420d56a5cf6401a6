package dev.laurel.learn;

import dev.laurel.definition.Trainer;
import dev.laurel.model.Expect;
import dev.laurel.predictor.Compiled;
import java.util.List;
import java.util.Optional;

/** The learner of each trainer that a definition can name. The list of them is here. */
public final class Learners {
    private static final List<Kind<?>> KINDS = List.of(
            new Kind<>(Trainer.RandomForest.class, new ForestLearner<>(Growth::of)),
            new Kind<>(Trainer.ExtraTrees.class, new ForestLearner<>(Growth::of)),
            new Kind<>(Trainer.Bagging.class, new ForestLearner<>(Growth::of)),
            new Kind<>(Trainer.DecisionTree.class, new ForestLearner<>(Growth::of)),
            new Kind<>(Trainer.Logistic.class, new LogisticLearner()),
            new Kind<>(Trainer.Linear.class, new LinearLearner<>(linear -> new LeastSquares(0))),
            new Kind<>(Trainer.Ridge.class, new LinearLearner<>(ridge -> new LeastSquares(ridge.penalty()))),
            new Kind<>(Trainer.Lasso.class, new LinearLearner<>(lasso -> new CoordinateDescent(lasso.penalty(), 1))),
            new Kind<>(
                    Trainer.ElasticNet.class,
                    new LinearLearner<>(net -> new CoordinateDescent(net.penalty(), net.lassoShare()))),
            new Kind<>(Trainer.Knn.class, new NeighboursLearner()),
            new Kind<>(Trainer.Svc.class, new SvcLearner()),
            new Kind<>(Trainer.Svr.class, new SvrLearner()),
            new Kind<>(Trainer.GradientBoosting.class, new BoostingLearner()));

    private record Kind<T extends Trainer>(Class<T> type, Learner<T> learner) {
        Optional<Compiled> fit(Trainer trainer, Lesson lesson, long seed, Checkpoint checkpoint) {
            return learner.fit(type.cast(trainer), lesson, seed, checkpoint);
        }
    }

    private Learners() {}

    /**
     * The model that the trainer makes of the lesson: with as many inputs as it has features and the outputs of its
     * task.
     *
     * @throws dev.laurel.model.InvalidValueException when the trainer does not learn answers of such a task
     */
    public static Compiled fit(Trainer trainer, Lesson lesson, long seed) {
        return fit(trainer, lesson, seed, Checkpoint.NONE).orElseThrow();
    }

    /** The same; empty when the checkpoint gave it up. */
    public static Optional<Compiled> fit(Trainer trainer, Lesson lesson, long seed, Checkpoint checkpoint) {
        boolean ofLabels = lesson.task().isOfLabels();
        Expect.that(
                ofLabels ? trainer.learnsLabels() : trainer.learnsValues(),
                "trainer",
                trainer,
                "one that learns " + (ofLabels ? "labels" : "values"));
        return KINDS.stream()
                .filter(kind -> kind.type.isInstance(trainer))
                .findFirst()
                .orElseThrow()
                .fit(trainer, lesson, seed, checkpoint);
    }
}
