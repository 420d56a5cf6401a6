package dev.laurel.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.javalin.http.HttpStatus;
import java.util.Map;

/**
 * Problem details of RFC 9457. The type is {@code about:blank} throughout: the status says the kind, and the detail is for people.
 *
 * @param extensions further members, such as the names that were possible
 */
public record ProblemDetails(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @JsonAnyGetter Map<String, Object> extensions) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public static ProblemDetails of(HttpStatus status, String detail, String instance, Map<String, Object> extensions) {
        return new ProblemDetails("about:blank", status.getMessage(), status.getCode(), detail, instance, extensions);
    }
}
