package dev.laurel.source;

/** Rows that could not be had; the message says from where, why, and what to do. */
public final class SourceException extends RuntimeException {
    public SourceException(String message) {
        super(message);
    }
}
