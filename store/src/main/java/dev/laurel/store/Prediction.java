package dev.laurel.store;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What was said of one row.
 *
 * @param key the row's, or its number in the batch
 * @param prediction the label, or the value as a text
 * @param value null for labels
 * @param probability for labels only: of two, that of the positive one; of more, that of the predicted one
 * @param probabilities of each label, by name, where there are more than two
 */
public record Prediction(
        String key,
        String prediction,
        @Nullable Double value,
        @Nullable Double probability,
        @Nullable SortedMap<String, Double> probabilities) {}
