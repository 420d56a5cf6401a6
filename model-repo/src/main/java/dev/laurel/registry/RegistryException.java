package dev.laurel.registry;

import dev.laurel.git.Outage;
import org.jspecify.annotations.Nullable;

/** An operation on the registry that could not be done; the message is for the person who asked, and nothing was written. */
public final class RegistryException extends RuntimeException {
    public RegistryException(String message) {
        this(message, null);
    }

    public RegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether something could not be reached, so that nothing is known: never evidence, and it may go well another time. */
    public boolean isOutage() {
        return Outage.isIn(getCause());
    }

    /** For those who take what does not hold for a verdict: an outage is none, and goes on its way. */
    public static void passOutage(RuntimeException problem) {
        if (problem instanceof RegistryException of && of.isOutage()) {
            throw of;
        }
    }
}
