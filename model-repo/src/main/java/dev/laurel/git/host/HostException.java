package dev.laurel.git.host;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A conversation with a Git host that failed. */
public final class HostException extends IOException {
    private final Kind kind;
    private final boolean unsent;
    private final @Nullable Duration retryAfter;

    /** What to make of it. */
    public enum Kind {
        /** The host does not let us in; there is no use in asking again. */
        REFUSED,
        /** The host is busy or away; the same request may go better later. */
        PASSING,
        OTHER
    }

    public HostException(String message, Kind kind, @Nullable Throwable cause) {
        this(message, kind, false, null, cause);
    }

    /**
     * @param unsent whether it ended before the host was told to change anything
     * @param retryAfter how long the host wants to be left alone; null when it does not say
     */
    public HostException(
            String message, Kind kind, boolean unsent, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.unsent = unsent;
        this.retryAfter = retryAfter;
    }

    public boolean saysOf(String problem) {
        return String.valueOf(getMessage()).contains(problem);
    }

    public boolean isRefused() {
        return kind == Kind.REFUSED;
    }

    public boolean isPassing() {
        return kind == Kind.PASSING;
    }

    public boolean isUnsent() {
        return unsent;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
