package dev.laurel.store;

import dev.laurel.model.Digest;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A row of a model's source.
 *
 * @param key null where rows have none
 * @param digest of its key and columns, and of how many equal rows stand before it
 * @param columns numbers and words by name, without missing ones
 * @param target the true answer of a model of values; null where it is not known
 * @param label the true answer of a model of labels; null where it is not known
 */
public record ImportedRow(
        @Nullable String key,
        Digest digest,
        SortedMap<String, Object> columns,
        @Nullable Double target,
        @Nullable String label) {}
