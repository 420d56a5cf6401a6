package dev.laurel.forge;

/** A Git host did not do what it was asked for; the message names host, request, answer and remedy. */
public final class ForgeException extends RuntimeException {
    public ForgeException(String message) {
        super(message);
    }

    public ForgeException(String message, Throwable cause) {
        super(message, cause);
    }
}
