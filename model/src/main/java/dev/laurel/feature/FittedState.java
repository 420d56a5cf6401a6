package dev.laurel.feature;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that features learned from the training rows, part of the model file.
 *
 * @param features by the name of the feature; those without a state are not in it
 * @param columns what stands in for missing values, by the name of the column
 */
public record FittedState(SortedMap<String, State> features, SortedMap<String, State> columns) {
    public static final FittedState NONE = new FittedState(new TreeMap<>(), new TreeMap<>());

    public FittedState {
        features = Collections.unmodifiableSortedMap(new TreeMap<>(features));
        columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
    }
}
