package dev.laurel.front;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of bodies that are held in memory at one time, of all requests together. */
final class BodyBudget {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    BodyBudget(long most) {
        this.most = most;
    }

    /** An eighth of what this JVM may have, so that bodies alone never exhaust it. */
    static BodyBudget ofThisMachine() {
        return new BodyBudget(Math.max(16_000_000, Runtime.getRuntime().maxMemory() / 8));
    }

    /** False when there is no room; then nothing was taken. */
    boolean take(int bytes) {
        if (held.addAndGet(bytes) > most) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }
}
