package dev.laurel.predict;

import dev.laurel.model.InvalidValueException;
import io.javalin.http.HttpStatus;
import java.util.Map;

/** A request that cannot be answered as asked; becomes a {@link Problem}. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final HttpStatus status;
    private final transient Map<String, Object> extensions;

    ProblemException(HttpStatus status, String detail) {
        this(status, detail, Map.of());
    }

    ProblemException(HttpStatus status, String detail, Map<String, Object> extensions) {
        super(detail);
        this.status = status;
        this.extensions = extensions;
    }

    static ProblemException badRequest(String thing, Object value, String expected) {
        return badRequest(new InvalidValueException(thing, value, expected));
    }

    static ProblemException badRequest(InvalidValueException e) {
        return new ProblemException(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
    }

    static ProblemException unavailable(String detail) {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, detail);
    }

    Problem problem(String instance) {
        return Problem.of(status, String.valueOf(getMessage()), instance, extensions);
    }
}
