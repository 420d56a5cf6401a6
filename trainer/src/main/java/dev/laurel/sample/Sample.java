package dev.laurel.sample;

import dev.laurel.feature.FittedFeatures;
import dev.laurel.table.Table;
import dev.laurel.task.Predictions;
import dev.laurel.task.Target;
import dev.laurel.task.Task;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Rows with their true answers.
 *
 * @param vectors the features of each row, in the order of the signature
 * @param truth the true answer of each row, as the task has it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Sample(double[][] vectors, double[] truth) {

    /**
     * @param filled rows out of {@link FittedFeatures#filled}
     * @throws dev.laurel.model.InvalidValueException when the rows do not give what the definition asks for
     */
    public static Sample of(FittedFeatures features, Target target, Task task, Table filled, Table table, int[] rows) {
        double[][] vectors = new double[rows.length][];
        double[] truth = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            vectors[i] = features.vector(filled, rows[i]);
            truth[i] = target.truth(table, rows[i], task);
        }
        return new Sample(vectors, truth);
    }

    /** @param scores of a vector */
    public Predictions predictions(Task task, Function<double[], double[]> scores) {
        return new Predictions(task, truth, Arrays.stream(vectors).map(scores).toArray(double[][]::new));
    }
}
