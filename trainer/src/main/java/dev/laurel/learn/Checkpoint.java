package dev.laurel.learn;

import dev.laurel.predictor.Compiled;
import java.util.function.Supplier;

/** Where a learner that goes on part by part may be told that it is not worth it. */
@FunctionalInterface
public interface Checkpoint {
    /** No learner is given up. */
    Checkpoint NONE = (parts, soFar) -> true;

    /** The first number of parts that is looked at; then at each twice as many. */
    int FIRST = 16;

    /**
     * Whether to go on.
     *
     * @param parts that are done, of those that {@link dev.laurel.definition.Trainer#parts} names; of boosted trees with several in each round,
     *     the rounds
     * @param soFar what these alone would answer
     */
    boolean goesOn(int parts, Supplier<Compiled> soFar);

    static boolean isDue(int parts) {
        return parts >= FIRST && Integer.bitCount(parts) == 1;
    }
}
