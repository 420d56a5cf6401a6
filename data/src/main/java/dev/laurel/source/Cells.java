package dev.laurel.source;

import dev.laurel.table.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A column that grows while a file is read. Keeps numbers, not their texts, and each word once: files may hold millions of rows. */
sealed interface Cells {

    /** @throws dev.laurel.model.InvalidValueException when the field holds something else */
    void add(String field);

    /** @param order which row comes first, second and so on; null as they were added */
    Column column(int @Nullable [] order);

    /** @param missing which fields stand for a missing value */
    static Cells of(String column, boolean words, NumberText numbers, Predicate<String> missing) {
        return words ? new Words(missing) : new Numbers(column, numbers, missing);
    }

    /** Missing ones are NaN. */
    final class Numbers implements Cells {
        private final String column;
        private final NumberText numbers;
        private final Predicate<String> missing;
        private double[] values = new double[1024];
        private int size;

        private Numbers(String column, NumberText numbers, Predicate<String> missing) {
            this.column = column;
            this.numbers = numbers;
            this.missing = missing;
        }

        @Override
        public void add(String field) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size + (size >> 1));
            }
            values[size++] = missing.test(field) ? Double.NaN : numbers.parse(column, field);
        }

        @Override
        public Column column(int @Nullable [] order) {
            double[] ordered = Arrays.copyOf(values, size);
            if (order != null) {
                Arrays.setAll(ordered, row -> values[order[row]]);
            }
            return new Column.Numbers(ordered);
        }
    }

    /** Missing ones are null. */
    final class Words implements Cells {
        /** Columns of texts that hardly ever come again are not looked up for ever. */
        private static final int MOST_SHARED = 100_000;

        private final Predicate<String> missing;
        private final List<@Nullable String> values = new ArrayList<>();
        private final Map<String, String> shared = new HashMap<>();

        private Words(Predicate<String> missing) {
            this.missing = missing;
        }

        @Override
        public void add(String field) {
            values.add(missing.test(field) ? null : shared(field));
        }

        private String shared(String word) {
            String known = shared.get(word);
            if (known == null && shared.size() < MOST_SHARED) {
                shared.put(word, word);
            }
            return known == null ? word : known;
        }

        @Override
        public Column column(int @Nullable [] order) {
            @Nullable String[] ordered = values.toArray(new @Nullable String[0]);
            if (order != null) {
                Arrays.setAll(ordered, row -> values.get(order[row]));
            }
            return new Column.Words(ordered);
        }
    }
}
