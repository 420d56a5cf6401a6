package dev.laurel.predict;

import dev.laurel.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * What one prediction is made from.
 *
 * @param vector the features, in the order of the signature
 * @param key of the row that they were computed for; absent where features were given, or rows without keys
 * @param table where the row stands as it was given, missing values and all; absent where features were given
 * @param row its place there
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Input(
        double[] vector, @Nullable String key, @Nullable Table table, int row) {
    /** Features as they were given. */
    Input(double[] vector) {
        this(vector, null, null, 0);
    }
}
