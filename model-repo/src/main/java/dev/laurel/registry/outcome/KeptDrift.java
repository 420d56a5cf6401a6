package dev.laurel.registry.outcome;

import org.jspecify.annotations.Nullable;

/**
 * A drift report that was kept.
 *
 * @param folder in the models repository
 * @param commit absent when the very same report was there already
 */
public record KeptDrift(String folder, @Nullable String commit) {}
