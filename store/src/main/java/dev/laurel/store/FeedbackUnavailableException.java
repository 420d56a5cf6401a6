package dev.laurel.store;

import org.jspecify.annotations.Nullable;

/** Feedback cannot be kept or read now; the message says why, for people. */
public final class FeedbackUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public FeedbackUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
