package dev.laurel.learn;

import dev.laurel.predictor.Compiled;
import java.util.function.Function;

/** Sees where an iteration stands, which is over when it says so. */
@FunctionalInterface
interface Watch {
    Watch NONE = (parts, point) -> true;

    /**
     * Whether to go on.
     *
     * @param parts that are done
     * @param point the numbers that are looked for, as they are then
     */
    boolean goesOn(int parts, double[] point);

    /** One that asks a checkpoint where it is due. */
    static Watch of(Checkpoint checkpoint, Function<double[], Compiled> compile) {
        return checkpoint == Checkpoint.NONE
                ? NONE
                : (parts, point) -> !Checkpoint.isDue(parts) || checkpoint.goesOn(parts, () -> compile.apply(point));
    }
}
