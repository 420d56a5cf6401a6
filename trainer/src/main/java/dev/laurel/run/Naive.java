package dev.laurel.run;

import dev.laurel.definition.Definition;
import dev.laurel.evaluation.Metrics;
import dev.laurel.sample.Sample;
import dev.laurel.table.Table;
import dev.laurel.task.Predictions;
import dev.laurel.task.Task;
import java.util.stream.IntStream;

/** What answers that need no model come to: the shares of the labels, the mean, the last value, no change; the target says which. */
final class Naive {
    private Naive() {}

    static Metrics metrics(Definition definition, Task task, Sample training, RunRows rows, int[] evaluation) {
        Table table = rows.table();
        double[] truth = IntStream.of(evaluation)
                .mapToDouble(row -> definition.target().truth(table, row, task))
                .toArray();
        double[] usual = task.naive(training.truth());
        double[][] scores = IntStream.of(evaluation)
                .mapToObj(row -> definition.target().naive(table, row, usual))
                .toArray(double[][]::new);
        return new Predictions(task, truth, scores).metrics();
    }
}
