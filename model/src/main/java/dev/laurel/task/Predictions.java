package dev.laurel.task;

import dev.laurel.evaluation.Churn;
import dev.laurel.evaluation.Evaluated;
import dev.laurel.evaluation.Metrics;
import dev.laurel.model.Expect;
import java.util.stream.IntStream;

/** What a model said about some rows: the true answer of each and the scores that it gave. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Predictions(Task task, double[] truth, double[][] scores) implements Evaluated {
    public Predictions {
        Expect.that(scores.length == truth.length, "scores", scores.length, "one for each row: " + truth.length);
    }

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
        Expect.that(after.rows() == rows(), "rows", after.rows(), "the same " + rows());
        return task.churn(truth, scores, after.scores);
    }
}
