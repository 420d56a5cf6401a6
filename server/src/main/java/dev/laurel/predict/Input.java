package dev.laurel.predict;

import org.jspecify.annotations.Nullable;

/**
 * What one prediction is made from.
 *
 * @param vector the features, in the order of the signature
 * @param key of the row that they were computed for; absent where features were given, or rows without keys
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Input(double[] vector, @Nullable String key) {}
