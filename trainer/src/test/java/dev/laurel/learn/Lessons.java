package dev.laurel.learn;

import dev.laurel.predictor.Compiled;
import dev.laurel.predictor.PredictorFormat;
import dev.laurel.task.Classification;
import dev.laurel.task.Regression;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Lessons to learn from, and what was learned as numbers. */
final class Lessons {
    /** Ten rows; scikit-learn was given the same. */
    static final double[][] VECTORS = {
        {0.5, -1.2, 3.0},
        {1.5, 0.3, -2.0},
        {-0.7, 2.2, 1.0},
        {2.1, -0.4, 0.5},
        {-1.3, 0.9, -1.5},
        {0.2, 1.7, 2.5},
        {1.1, -2.0, -0.3},
        {-2.4, 0.1, 0.8},
        {0.9, 1.0, -1.1},
        {-0.2, -0.8, 1.9}
    };

    static final double[] VALUES = {4.1, 2.2, -1.7, 5.9, -3.0, -0.4, 7.3, -4.6, 1.2, 3.3};
    static final double[] TWO_LABELS = {0, 0, 1, 1, 1, 1, 0, 1, 1, 0};
    static final double[] THREE_LABELS = {0, 1, 2, 0, 2, 2, 1, 1, 0, 1};

    private Lessons() {}

    static Lesson ofValues(double[][] vectors, double... values) {
        return new Lesson(vectors, values, new Regression("EUR"));
    }

    static Lesson ofLabels(int labels, double[][] vectors, double... places) {
        return new Lesson(
                vectors,
                places,
                new Classification(
                        IntStream.range(0, labels).mapToObj(i -> "L" + i).toList()));
    }

    /** Random rows with numbers of {@code 0..1}, and of each what the function says. */
    static Lesson drawn(int rows, int features, long seed, ToDoubleFunction<double[]> value) {
        double[][] vectors = vectors(rows, features, seed);
        return ofValues(vectors, Arrays.stream(vectors).mapToDouble(value).toArray());
    }

    static double[][] vectors(int rows, int features, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, rows)
                .mapToObj(row -> random.doubles(features).toArray())
                .toArray(double[][]::new);
    }

    static double[] scores(Compiled model, double... vector) {
        double[] scores = new double[model.outputs()];
        model.scores(vector, scores);
        return scores;
    }

    static byte[] bytes(Compiled model) {
        return PredictorFormat.encode(model);
    }

    static double meanSquaredError(Compiled model, Lesson lesson) {
        return IntStream.range(0, lesson.rows())
                .mapToDouble(row -> scores(model, lesson.vectors()[row])[0] - lesson.truth()[row])
                .map(error -> error * error)
                .average()
                .orElseThrow();
    }
}
