package dev.laurel.registry.git;

import java.io.IOException;

/** The connection was lost after a commit was sent, and whether it arrived cannot be found out. */
public final class UnknownOutcomeException extends IOException {
    UnknownOutcomeException(String commit, IOException cause) {
        super(
                "%s (commit %.10s was sent and may have arrived: see with `laurel log` before you try again)"
                        .formatted(cause.getMessage(), commit),
                cause);
    }
}
