package dev.laurel.oip;

import dev.laurel.http.ErrorForm;
import dev.laurel.http.ProblemDetails;

/** Errors as {@code {"error": "..."}}. */
public final class OipErrors implements ErrorForm {
    private record Failed(String error) {}

    @Override
    public boolean isFor(String path) {
        return path.equals("/v2") || path.startsWith("/v2/");
    }

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public Object body(ProblemDetails problem) {
        return new Failed(problem.detail());
    }
}
