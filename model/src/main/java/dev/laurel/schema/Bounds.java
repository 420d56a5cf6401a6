package dev.laurel.schema;

import dev.laurel.model.Experiment;
import dev.laurel.model.Within;
import org.jspecify.annotations.Nullable;

/** Which numbers are taken. */
record Bounds(double from, double to, double above, double below) {
    private static final double NONE = Double.POSITIVE_INFINITY;
    private static final Bounds ALL = new Bounds(-NONE, NONE, -NONE, NONE);

    static Bounds of(@Nullable Within within) {
        return within == null ? ALL : new Bounds(within.from(), within.to(), within.above(), within.below());
    }

    boolean contains(double value) {
        return value >= from && value <= to && value > above && value < below;
    }

    boolean isOpen() {
        return equals(ALL);
    }

    /** For people: {@code 1..64}, {@code above 0, up to 1}; empty where all numbers are taken. */
    @Override
    public String toString() {
        if (from > -NONE && to < NONE) {
            return Experiment.number(from) + ".." + Experiment.number(to);
        }
        String low = above > -NONE
                ? "above " + Experiment.number(above)
                : from > -NONE ? "from " + Experiment.number(from) : "";
        String high =
                below < NONE ? "below " + Experiment.number(below) : to < NONE ? "up to " + Experiment.number(to) : "";
        return low.isEmpty() || high.isEmpty() ? low + high : low + ", " + high;
    }
}
