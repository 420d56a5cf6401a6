package dev.laurel.bytes;

import java.io.IOException;
import java.time.Duration;

/** Bytes that did not come in time. */
final class SlowException extends IOException {
    SlowException(Duration limit) {
        super("not here after %s s".formatted(limit.toSeconds()));
    }
}
