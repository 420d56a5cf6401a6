package dev.laurel.registry.git;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A conversation with a Git host that failed. */
final class UpstreamException extends IOException {
    private final boolean refused;

    UpstreamException(String message, boolean refused, @Nullable Throwable cause) {
        super(message, cause);
        this.refused = refused;
    }

    boolean saysOf(String problem) {
        return String.valueOf(getMessage()).contains(problem);
    }

    /** Whether the host does not let us in, so that there is no use in asking again. */
    boolean isRefused() {
        return refused;
    }
}
