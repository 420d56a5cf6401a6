package dev.laurel.registry.git;

import dev.laurel.model.Digest;
import java.io.IOException;

/** Bytes that are missing, or are not those of their digest. */
public final class LfsObjectException extends IOException {
    LfsObjectException(Digest digest, String problem) {
        super("bytes of %s: %s".formatted(digest, problem));
    }
}
