package dev.laurel.registry.git;

import java.io.IOException;

/** A conversation with a Git host that failed. */
final class UpstreamException extends IOException {
    private final boolean refused;

    UpstreamException(String message, boolean refused, Throwable cause) {
        super(message, cause);
        this.refused = refused;
    }

    /** Whether the host does not let us in, so that there is no use in asking again. */
    boolean isRefused() {
        return refused;
    }
}
