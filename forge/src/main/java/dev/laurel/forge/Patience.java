package dev.laurel.forge;

import java.time.Duration;

/** How a client waits before it asks a busy host again. */
@FunctionalInterface
interface Patience {
    void pause(Duration time) throws InterruptedException;
}
