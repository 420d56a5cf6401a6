package dev.laurel.git;

import dev.laurel.git.lfs.LfsObjectException;
import java.io.IOException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.jspecify.annotations.Nullable;

/** Tells what cannot be reached, of which nothing is known, from what was read and does not hold. */
public final class Outage {
    private Outage() {}

    /** Whether a host, a disk or a network failed, rather than what was read from it. */
    public static boolean isIn(@Nullable Throwable problem) {
        boolean failed = false;
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (isVerdict(cause)) {
                return false;
            }
            failed |= cause instanceof IOException;
        }
        return failed;
    }

    private static boolean isVerdict(Throwable cause) {
        return cause instanceof LfsObjectException
                || cause instanceof RefusedEntryException
                || cause instanceof CorruptObjectException
                || cause instanceof IncorrectObjectTypeException
                // Of a mirror, it is a HostException that says that the host does not give it.
                || cause instanceof MissingObjectException;
    }
}
