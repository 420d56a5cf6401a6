package dev.laurel.predict;

import dev.laurel.model.InvalidValueException;
import java.util.Map;

/** A request that cannot be answered as asked. Each protocol says so in its own form. */
public final class UnansweredException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final transient Map<String, Object> more;

    /** Whose turn it is to do something about it. */
    public enum Reason {
        /** The request is not what the model needs. */
        INVALID,
        /** What is asked for is not here. */
        NOT_FOUND,
        /** It is here, in another version than the one that was asked for. */
        OTHER_VERSION,
        /** Not now; perhaps later. */
        UNAVAILABLE
    }

    public UnansweredException(Reason reason, String message) {
        this(reason, message, Map.of());
    }

    /** @param more for programs, such as the names that were possible */
    public UnansweredException(Reason reason, String message, Map<String, Object> more) {
        super(message);
        this.reason = reason;
        this.more = more;
    }

    public static UnansweredException invalid(String thing, Object value, String expected) {
        return invalid(new InvalidValueException(thing, value, expected));
    }

    public static UnansweredException invalid(InvalidValueException e) {
        return new UnansweredException(Reason.INVALID, String.valueOf(e.getMessage()));
    }

    public static UnansweredException notFound(String thing, Object value, String expected) {
        return new UnansweredException(
                Reason.NOT_FOUND, String.valueOf(new InvalidValueException(thing, value, expected).getMessage()));
    }

    public static UnansweredException unavailable(String message) {
        return new UnansweredException(Reason.UNAVAILABLE, message);
    }

    public Reason reason() {
        return reason;
    }

    public Map<String, Object> more() {
        return more;
    }
}
