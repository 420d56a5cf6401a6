package dev.laurel.learn;

import dev.laurel.predictor.Compiled;
import java.util.function.Supplier;

/** Where a learner that goes on step by step may be told that it is not worth it. */
@FunctionalInterface
public interface Checkpoint {
    /** No learner is given up. */
    Checkpoint NONE = (trees, soFar) -> true;

    /** The first number of trees that is looked at; then at each twice as many. */
    int FIRST = 16;

    /**
     * Whether to go on.
     *
     * @param trees that are grown; of boosted trees with several in each round, the rounds
     * @param soFar what these alone would answer
     */
    boolean goesOn(int trees, Supplier<Compiled> soFar);

    static boolean isDue(int trees) {
        return trees >= FIRST && Integer.bitCount(trees) == 1;
    }
}
