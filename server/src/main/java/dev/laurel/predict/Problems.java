package dev.laurel.predict;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes every error a {@link Problem}: those of our handlers, those of Javalin, and those that Jetty finds before either. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private final ObjectMapper json;
    private final long largestBody;

    public Problems(ObjectMapper json, long largestBody) {
        this.json = json;
        this.largestBody = largestBody;
    }

    public void register(RoutesConfig routes) {
        routes.exception(ProblemException.class, (e, ctx) -> answer(ctx, e.problem(ctx.path())));
        routes.exception(HttpResponseException.class, this::javalin);
        routes.exception(Exception.class, (e, ctx) -> {
            String logId = UUID.randomUUID().toString().substring(0, 8);
            LOG.error("{}: {} {} failed", logId, ctx.method(), ctx.path(), e);
            answer(
                    ctx,
                    Problem.of(
                            HttpStatus.INTERNAL_SERVER_ERROR,
                            "an error of the server's own; its log says more under " + logId,
                            ctx.path(),
                            Map.of("log_id", logId)));
        });
    }

    private void javalin(HttpResponseException e, Context ctx) {
        HttpStatus status = HttpStatus.forStatus(e.getStatus());
        String detail = switch (status) {
            case NOT_FOUND ->
                "%s: nothing is here (expected: a path such as /models; / shows what there is)".formatted(ctx.path());
            case METHOD_NOT_ALLOWED -> "method: %s (expected: %s)".formatted(ctx.method(), allowed(e));
            case CONTENT_TOO_LARGE -> "body: too large (expected: at most %d bytes)".formatted(largestBody);
            default -> String.valueOf(e.getMessage());
        };
        if (status == HttpStatus.METHOD_NOT_ALLOWED) {
            ctx.header("Allow", allowed(e));
        }
        answer(ctx, Problem.of(status, detail, ctx.path(), Map.of()));
    }

    private static String allowed(HttpResponseException e) {
        return e.getDetails().getOrDefault("availableMethods", "");
    }

    private void answer(Context ctx, Problem problem) {
        ctx.status(problem.status()).result(bytes(problem)).contentType(Problem.MEDIA_TYPE);
    }

    private byte[] bytes(Problem problem) {
        try {
            return json.writeValueAsBytes(problem);
        } catch (IOException e) {
            throw new UncheckedIOException("a problem can always be written", e);
        }
    }

    /** For what Jetty refuses by itself, such as a malformed URI. Tells no class, version or stack. */
    public ErrorHandler ofJetty() {
        return new ErrorHandler() {
            @Override
            protected void generateResponse(
                    Request request,
                    Response response,
                    int code,
                    @Nullable String message,
                    @Nullable Throwable cause,
                    Callback callback) {
                HttpStatus status = HttpStatus.forStatus(code);
                String detail = message == null ? status.getMessage() : message;
                Problem problem =
                        Problem.of(status, detail, request.getHttpURI().getPath(), Map.of());
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
                response.write(true, BufferUtil.toBuffer(bytes(problem)), callback);
            }
        };
    }
}
