package dev.laurel.feedback;

import java.util.concurrent.TimeUnit;

/** How much is begun in a second, so that what is done behind answers stays a small part of the work. For several threads. */
final class Pace {
    private final int most;
    private long second = Long.MIN_VALUE;
    private int begun;

    /** @param most in a second; what begins below it is taken whole */
    Pace(int most) {
        this.most = most;
    }

    /** @param nanos of a clock that goes on evenly */
    synchronized boolean takes(int many, long nanos) {
        long now = TimeUnit.NANOSECONDS.toSeconds(nanos);
        if (now != second) {
            second = now;
            begun = 0;
        }
        if (begun >= most) {
            return false;
        }
        begun += many;
        return true;
    }
}
