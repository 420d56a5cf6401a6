package dev.laurel.task;

import dev.laurel.evaluation.Churn;
import dev.laurel.evaluation.Evaluated;
import dev.laurel.evaluation.Metrics;
import java.util.stream.IntStream;

/** What a model said about some rows: the true answer of each and the scores that it gave. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Predictions(Task task, double[] truth, double[][] scores) implements Evaluated {
    @Override
    public int rows() {
        return truth.length;
    }

    @Override
    public Metrics metrics() {
        return task.metrics(truth, scores);
    }

    @Override
    public Metrics metrics(int[] rows) {
        return task.metrics(
                IntStream.of(rows).mapToDouble(row -> truth[row]).toArray(),
                IntStream.of(rows).mapToObj(row -> scores[row]).toArray(double[][]::new));
    }

    public Churn churn(Predictions after) {
        return task.churn(truth, scores, after.scores);
    }
}
