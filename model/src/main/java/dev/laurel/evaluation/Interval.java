package dev.laurel.evaluation;

import dev.laurel.model.Expect;

/** Where the value of a metric lies, beyond the rows that it was measured on, with a confidence of 95 % on two sides: {@code low..high}. */
public record Interval(double low, double high) {
    /** The share of probability that is left out on each side. */
    static final double TAIL = 0.025;

    public Interval {
        Expect.that(low <= high, "interval", low + ".." + high, "two numbers, the lower one first");
    }
}
