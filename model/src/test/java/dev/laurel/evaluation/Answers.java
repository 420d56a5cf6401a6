package dev.laurel.evaluation;

import dev.laurel.task.Classification;
import dev.laurel.task.Predictions;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Answers of models, for tests. */
final class Answers {
    static final Classification YES_OR_NO = new Classification(List.of("YES", "NO"));

    private Answers() {}

    /** Of a model of two labels, by the probability of the positive one. */
    static Predictions binary(boolean[] positive, double[] probability) {
        double[] truth = IntStream.range(0, positive.length)
                .mapToDouble(row -> positive[row] ? 0 : 1)
                .toArray();
        double[][] scores = DoubleStream.of(probability)
                .mapToObj(share -> new double[] {share, 1 - share})
                .toArray(double[][]::new);
        return new Predictions(YES_OR_NO, truth, scores);
    }
}
