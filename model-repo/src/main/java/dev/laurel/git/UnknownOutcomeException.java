package dev.laurel.git;

import dev.laurel.program.Reason;
import java.io.IOException;

/** The connection was lost after a push was sent, and whether it arrived cannot be found out. */
public final class UnknownOutcomeException extends IOException {
    /** @param command that shows whether it did */
    public UnknownOutcomeException(String sent, String command, IOException cause) {
        super(
                "%s (%s was sent and may have arrived: see with `%s` before you try again)"
                        .formatted(Reason.of(cause), sent, command),
                cause);
    }
}
