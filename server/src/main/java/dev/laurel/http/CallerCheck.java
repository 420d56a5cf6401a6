package dev.laurel.http;

import dev.laurel.front.Callers;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;

/** Lets those ask for predictions who may. It stands before the routes themselves, so that no way of writing a path leads past it. */
public final class CallerCheck {
    /** As the servlet specification names it. */
    private static final String CERTIFICATE = "jakarta.servlet.request.X509Certificate";

    private final Callers callers;

    public CallerCheck(Callers callers) {
        this.callers = callers;
    }

    public void register(RoutesConfig routes) {
        routes.beforeMatched(this::check);
    }

    private void check(Context ctx) {
        if (!ctx.routeRoles().contains(RouteKind.PREDICTION)) {
            return;
        }
        boolean certificate = ctx.req().getAttribute(CERTIFICATE) != null;
        switch (callers.judge(ctx.header("Authorization"), certificate)) {
            case WELCOME -> {}
            case UNKNOWN -> {
                ctx.header("WWW-Authenticate", "Bearer");
                throw new HttpResponseException(
                        HttpStatus.UNAUTHORIZED.getCode(),
                        "caller: unknown (expected: %s)".formatted(callers.expected()));
            }
            case TOO_OFTEN -> {
                ctx.header("Retry-After", "1");
                throw new HttpResponseException(
                        HttpStatus.TOO_MANY_REQUESTS.getCode(),
                        "rate: too high (expected: %s)".formatted(callers.allowed()));
            }
        }
    }
}
