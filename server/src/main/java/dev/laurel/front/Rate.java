package dev.laurel.front;

import java.util.function.LongSupplier;

/** So many a second on average, and no more than a second's worth at once. */
final class Rate {
    private static final double NANOS = 1e9;

    private final int perSecond;
    private final LongSupplier nanos;
    private double left;
    private long filled;

    Rate(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
        this.left = perSecond;
        this.filled = nanos.getAsLong();
    }

    /** False when there is none left just now. */
    synchronized boolean take() {
        long now = nanos.getAsLong();
        left = Math.min(perSecond, left + (now - filled) / NANOS * perSecond);
        filled = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
