package dev.laurel.store;

import dev.laurel.model.Expect;
import org.jspecify.annotations.Nullable;

/**
 * How far a column of a batch, or the answers for it, are from those of training, by one measure.
 *
 * @param column a column of the rows, or a name for the answers
 * @param measure such as {@code psi}
 * @param value null where the measure has none
 * @param pValue null where the measure has none
 * @param adjusted the p-value after Benjamini and Hochberg; null where there is none
 * @param rows how many were looked at
 * @param verdict in a word
 */
public record DriftMetric(
        String column,
        String measure,
        @Nullable Double value,
        @Nullable Double pValue,
        @Nullable Double adjusted,
        long rows,
        String verdict) {
    public DriftMetric {
        Expect.notBlank("column", column);
        Expect.notBlank("measure", measure);
        Expect.notBlank("verdict", verdict);
        Expect.that(rows >= 0, "rows", rows, "0 or more");
    }
}
