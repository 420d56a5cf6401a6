package dev.laurel.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of one column, one for each row. What is missing is NaN among numbers, and null among words. */
public sealed interface Column {
    int rows();

    boolean isMissing(int row);

    Column slice(int from, int to);

    /** These values and behind them those of another column of the same kind. */
    Column followedBy(Column other);

    /** The values of these rows; missing for a row below 0. */
    Column rows(int[] rows);

    /** Finite numbers. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Numbers(double[] values) implements Column {
        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public boolean isMissing(int row) {
            return Double.isNaN(values[row]);
        }

        @Override
        public Column slice(int from, int to) {
            return new Numbers(Arrays.copyOfRange(values, from, to));
        }

        @Override
        public Column followedBy(Column other) {
            double[] joined = Arrays.copyOf(values, values.length + other.rows());
            System.arraycopy(((Numbers) other).values, 0, joined, values.length, other.rows());
            return new Numbers(joined);
        }

        @Override
        public Column rows(int[] rows) {
            return new Numbers(Arrays.stream(rows)
                    .mapToDouble(row -> row < 0 ? Double.NaN : values[row])
                    .toArray());
        }
    }

    /** Texts as they stand in the source: categories, dates. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Words(@Nullable String[] values) implements Column {
        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public boolean isMissing(int row) {
            return values[row] == null;
        }

        @Override
        public Column slice(int from, int to) {
            return new Words(Arrays.copyOfRange(values, from, to));
        }

        @Override
        public Column followedBy(Column other) {
            @Nullable String[] joined = Arrays.copyOf(values, values.length + other.rows());
            System.arraycopy(((Words) other).values, 0, joined, values.length, other.rows());
            return new Words(joined);
        }

        @Override
        public Column rows(int[] rows) {
            @Nullable String[] some = new @Nullable String[rows.length];
            Arrays.setAll(some, i -> rows[i] < 0 ? null : values[rows[i]]);
            return new Words(some);
        }
    }
}
