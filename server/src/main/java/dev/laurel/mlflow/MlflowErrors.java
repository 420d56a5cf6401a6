package dev.laurel.mlflow;

import dev.laurel.http.ErrorForm;
import dev.laurel.http.ProblemDetails;
import java.util.regex.Pattern;

/** Errors as {@code {"error_code": "BAD_REQUEST", "message": "..."}}. */
public final class MlflowErrors implements ErrorForm {
    private static final Pattern PATH = Pattern.compile("/invocations|/ping|/version|/models/[^/]*/invocations");

    private record Failed(String errorCode, String message) {}

    @Override
    public boolean isFor(String path) {
        return PATH.matcher(path).matches();
    }

    @Override
    public String mediaType() {
        return "application/json";
    }

    /** By the names that MLflow has for a status. */
    @Override
    public Object body(ProblemDetails problem) {
        String code = switch (problem.status()) {
            case 404 -> "RESOURCE_DOES_NOT_EXIST";
            case 405 -> "ENDPOINT_NOT_FOUND";
            case 500 -> "INTERNAL_ERROR";
            case 503 -> "TEMPORARILY_UNAVAILABLE";
            default -> "BAD_REQUEST";
        };
        return new Failed(code, problem.detail());
    }
}
