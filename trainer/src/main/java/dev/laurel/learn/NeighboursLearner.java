package dev.laurel.learn;

import dev.laurel.definition.Trainer;
import dev.laurel.predictor.Compiled;
import dev.laurel.predictor.Neighbours;

/** Keeps the training rows; all the work is in answering. Of few rows all are neighbours. */
final class NeighboursLearner implements Learner<Trainer.Knn> {

    /** Draws nothing: the seed does not matter. */
    @Override
    public Compiled fit(Trainer.Knn trainer, Lesson lesson, long seed) {
        int features = lesson.features();
        double[] rows = new double[Math.multiplyExact(lesson.rows(), features)];
        for (int row = 0; row < lesson.rows(); row++) {
            System.arraycopy(lesson.vectors()[row], 0, rows, row * features, features);
        }
        return new Neighbours(
                features,
                lesson.task().outputs(),
                Math.min(trainer.neighbours(), lesson.rows()),
                rows,
                lesson.truth().clone());
    }
}
