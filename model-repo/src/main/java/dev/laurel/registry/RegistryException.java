package dev.laurel.registry;

import org.jspecify.annotations.Nullable;

/** An operation on the registry that could not be done; the message is for the person who asked, and nothing was written. */
public final class RegistryException extends RuntimeException {
    public RegistryException(String message) {
        this(message, null);
    }

    public RegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
