package dev.laurel.search;

import dev.laurel.task.Predictions;
import org.jspecify.annotations.Nullable;

/**
 * A trial with what it leaves in memory.
 *
 * @param validation what it said about the validation rows of all folds
 * @param last what was fitted on the last fold; null where it was given up
 */
record Tried(
        TrialOutcome outcome,
        Predictions validation,
        @Nullable Fitted last) {}
