package dev.laurel.sample;

import dev.laurel.definition.Definition;
import dev.laurel.evaluation.Metrics;
import dev.laurel.split.Sides;
import dev.laurel.table.Table;
import dev.laurel.task.Predictions;
import dev.laurel.task.Target;
import dev.laurel.task.Task;
import java.util.stream.IntStream;

/** What answers that need no model come to: the shares of the labels, the mean, the last value, no change; the target says which. */
public final class Naive {
    private Naive() {}

    /** On the evaluation rows, by one who knows the true answers of the training rows. */
    public static Metrics metrics(Definition definition, Task task, Table table, Sides sides) {
        Target target = definition.target();
        double[] usual = task.naive(truth(target, table, sides.training(), task));
        double[][] scores = IntStream.of(sides.evaluation())
                .mapToObj(row -> target.naive(table, row, usual))
                .toArray(double[][]::new);
        return new Predictions(task, truth(target, table, sides.evaluation(), task), scores).metrics();
    }

    private static double[] truth(Target target, Table table, int[] rows, Task task) {
        return IntStream.of(rows)
                .mapToDouble(row -> target.truth(table, row, task))
                .toArray();
    }
}
