package dev.laurel.judge;

import dev.laurel.feature.FeaturePipeline;
import dev.laurel.feature.Labels;
import dev.laurel.table.Table;
import dev.laurel.definition.Definition;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Labelled rows, as one definition sees them.
 *
 * @param vectors the features of each row, in the order of the definition
 * @param positive the true label of each row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Sample(double[][] vectors, boolean[] positive) {

    /** @throws dev.laurel.model.InvalidValueException when the rows do not give what the definition asks for */
    public static Sample of(Definition definition, Table table, RowRange rows) {
        FeaturePipeline pipeline = new FeaturePipeline(definition);
        Labels labels = new Labels(definition.target());
        double[][] vectors = new double[rows.rows()][];
        boolean[] positive = new boolean[rows.rows()];
        for (int i = 0; i < positive.length; i++) {
            vectors[i] = pipeline.vector(table, rows.from() + i);
            positive[i] = labels.isPositive(table, rows.from() + i);
        }
        return new Sample(vectors, positive);
    }

    /** @param probability of the positive label, for a vector */
    public Predictions predictions(ToDoubleFunction<double[]> probability) {
        return new Predictions(
                positive, Arrays.stream(vectors).mapToDouble(probability).toArray());
    }
}
