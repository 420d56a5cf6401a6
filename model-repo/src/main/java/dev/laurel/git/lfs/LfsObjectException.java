package dev.laurel.git.lfs;

import dev.laurel.model.Digest;
import java.io.IOException;

/** Bytes that are missing, or are not those of their digest. */
public final class LfsObjectException extends IOException {
    private final boolean missing;

    LfsObjectException(Digest digest, String problem) {
        this(digest, problem, false);
    }

    private LfsObjectException(Digest digest, String problem, boolean missing) {
        super("bytes of %s: %s".formatted(digest, problem));
        this.missing = missing;
    }

    static LfsObjectException missing(Digest digest, String problem) {
        return new LfsObjectException(digest, problem, true);
    }

    /** Whether there are none, rather than wrong ones. */
    public boolean isMissing() {
        return missing;
    }
}
