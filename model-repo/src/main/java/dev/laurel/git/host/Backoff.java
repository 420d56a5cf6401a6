package dev.laurel.git.host;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How often, and when, to try again what failed in passing. */
public final class Backoff {
    private static final int MOST_TRIES = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    /** All pauses together. Who is to wait longer is told so instead. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int most;
    private int tries = 1;
    private Duration waited = Duration.ZERO;

    private Backoff(int most) {
        this.most = most;
    }

    /** A few times, each after a longer pause. */
    public static Backoff patient() {
        return new Backoff(MOST_TRIES);
    }

    /** Not at all, for those who ask by and by anyway. */
    public static Backoff none() {
        return new Backoff(1);
    }

    /** Whether the try that is under way is the first one. */
    public boolean isFirstTry() {
        return tries == 1;
    }

    /**
     * Waits before the next try: twice as long each time, never in step with others, and at least as long as the host wants.
     *
     * @param wanted by the host; null when it does not say
     * @return false, at once, when there is to be no other try
     */
    public boolean pause(@Nullable Duration wanted) throws IOException {
        Duration longest = FIRST_PAUSE.multipliedBy(1L << tries);
        Duration pause =
                Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest.toMillis() / 2, longest.toMillis()));
        if (wanted != null && wanted.compareTo(pause) > 0) {
            pause = wanted;
        }
        if (tries == most || waited.plus(pause).compareTo(PATIENCE) > 0) {
            return false;
        }
        tries++;
        waited = waited.plus(pause);
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return true;
    }
}
