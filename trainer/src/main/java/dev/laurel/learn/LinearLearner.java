package dev.laurel.learn;

import dev.laurel.definition.Trainer;
import dev.laurel.predictor.Compiled;
import dev.laurel.predictor.Linear;
import java.util.Optional;
import java.util.function.Function;

/**
 * Learners of values as weighted sums of the features. Columns and values are centred before, so that the intercept
 * bears no penalty.
 */
final class LinearLearner<T extends Trainer> implements Learner<T> {
    private final Function<T, Method> method;

    /** A way to find the weights. */
    @FunctionalInterface
    interface Method {
        /**
         * @param columns by feature and row, each with mean 0
         * @param truth of each row, with mean 0
         * @return one weight for each column
         */
        double[] weights(double[][] columns, double[] truth);

        /** The same; empty when the watch ended it. A method that has the weights at once shows none before. */
        default Optional<double[]> weights(double[][] columns, double[] truth, Watch watch) {
            return Optional.of(weights(columns, truth));
        }
    }

    LinearLearner(Function<T, Method> method) {
        this.method = method;
    }

    /** Draws nothing: the seed does not matter. */
    @Override
    public Compiled fit(T trainer, Lesson lesson, long seed) {
        return fit(trainer, lesson, seed, Checkpoint.NONE).orElseThrow();
    }

    @Override
    public Optional<Compiled> fit(T trainer, Lesson lesson, long seed, Checkpoint checkpoint) {
        Centred[] columns = Centred.columns(lesson.vectors());
        Centred truth = Centred.of(lesson.truth());
        double[][] deviations = new double[columns.length][];
        for (int feature = 0; feature < columns.length; feature++) {
            deviations[feature] = columns[feature].deviations();
        }
        Function<double[], Compiled> compile = weights -> compiled(weights, columns, truth);
        return method.apply(trainer)
                .weights(deviations, truth.deviations(), Watch.of(checkpoint, compile))
                .map(compile);
    }

    private static Compiled compiled(double[] weights, Centred[] columns, Centred truth) {
        double intercept = truth.mean();
        for (int feature = 0; feature < columns.length; feature++) {
            intercept -= weights[feature] * columns[feature].mean();
        }
        return new Linear(columns.length, false, weights.clone(), new double[] {intercept});
    }
}
