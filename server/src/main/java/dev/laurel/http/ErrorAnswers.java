package dev.laurel.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.predict.UnansweredException;
import dev.laurel.program.Reason;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes every error a {@link ProblemDetails}, in the form of the protocol that was spoken: those of our handlers, those of Javalin, and those that Jetty finds before either. */
public final class ErrorAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    /** C git, libgit2, go-git and JGit show their user plain text, and nothing else. */
    private static final Pattern GIT = Pattern.compile("(?i)\\bj?git/");

    private final ObjectMapper json;
    private final long largestBody;
    private final List<ErrorForm> forms;

    /** @param forms of protocols that have one of their own */
    public ErrorAnswers(ObjectMapper json, long largestBody, List<ErrorForm> forms) {
        this.json = json;
        this.largestBody = largestBody;
        this.forms = List.copyOf(forms);
    }

    public void register(RoutesConfig routes) {
        routes.exception(UnansweredException.class, (e, ctx) -> answer(ctx, problem(e, ctx.path())));
        routes.exception(HttpResponseException.class, this::javalin);
        routes.exception(
                Exception.class, (e, ctx) -> answer(ctx, logged(ctx.method().name(), ctx.path(), e)));
    }

    private static ProblemDetails problem(UnansweredException e, String path) {
        HttpStatus status = switch (e.reason()) {
            case INVALID -> HttpStatus.BAD_REQUEST;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case OTHER_VERSION -> HttpStatus.CONFLICT;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
        return ProblemDetails.of(status, String.valueOf(e.getMessage()), path, e.more());
    }

    /** Catches what servlets throw. */
    public Filter ofServlets() {
        return new OwnErrors(this);
    }

    /** What is no exception, such as a stack that was too small, and would have an answer without a body. */
    public void ofErrors(HttpServletResponse response, Error error) {
        try {
            write(response, logged("request", "", error));
        } catch (IOException gone) {
            LOG.debug("nobody is there to be told", gone);
        }
    }

    void write(HttpServletResponse response, ProblemDetails problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(mediaType(problem));
        response.getOutputStream().write(bytes(problem));
    }

    /** The log has all of it, once; the client has what it needs to point there. */
    public static ProblemDetails logged(String method, String path, Throwable failure) {
        String logId = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("{}: {} {} failed", logId, method, path, failure);
        return ProblemDetails.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "an error of the server's own; its log says more under " + logId,
                path,
                Map.of("log_id", logId));
    }

    private void javalin(HttpResponseException e, Context ctx) {
        HttpStatus status = HttpStatus.forStatus(e.getStatus());
        String detail = switch (status) {
            case NOT_FOUND ->
                "%s: nothing is here (expected: a path such as /models; / shows what there is)".formatted(ctx.path());
            case METHOD_NOT_ALLOWED -> "method: %s (expected: %s)".formatted(ctx.method(), allowed(e));
            case CONTENT_TOO_LARGE -> "body: too large (expected: at most %s bytes)".formatted(largestBody);
            default -> Reason.inWords(String.valueOf(e.getMessage()));
        };
        if (status == HttpStatus.METHOD_NOT_ALLOWED) {
            ctx.header("Allow", allowed(e));
        }
        answer(ctx, ProblemDetails.of(status, detail, ctx.path(), Map.of()));
    }

    private static String allowed(HttpResponseException e) {
        return e.getDetails().getOrDefault("availableMethods", "");
    }

    private void answer(Context ctx, ProblemDetails problem) {
        ctx.status(problem.status()).result(bytes(problem)).contentType(mediaType(problem));
    }

    private Optional<ErrorForm> form(ProblemDetails problem) {
        return forms.stream().filter(form -> form.isFor(problem.instance())).findFirst();
    }

    private String mediaType(ProblemDetails problem) {
        return form(problem).map(ErrorForm::mediaType).orElse(ProblemDetails.MEDIA_TYPE);
    }

    private byte[] bytes(ProblemDetails problem) {
        try {
            return json.writeValueAsBytes(
                    form(problem).map(form -> form.body(problem)).orElse(problem));
        } catch (IOException e) {
            throw new UncheckedIOException("a problem can always be written", e);
        }
    }

    /** For what is refused or fails outside of Javalin, such as a malformed URI. Tells no class, version or stack. */
    public ErrorHandler ofJetty() {
        return new ErrorHandler() {
            @Override
            public boolean errorPageForMethod(String method) {
                return true;
            }

            @Override
            protected void generateResponse(
                    Request request,
                    Response response,
                    int code,
                    @Nullable String message,
                    @Nullable Throwable cause,
                    Callback callback) {
                String path = request.getHttpURI().getPath();
                if (!response.getHeaders().contains(RequestIds.HEADER)) {
                    String given = request.getHeaders().get(RequestIds.HEADER);
                    response.getHeaders().put(RequestIds.HEADER, RequestIds.of(given));
                }
                // A connection that ends before its request is no error of ours, and nobody reads the answer.
                ProblemDetails problem = cause != null
                                && !(cause instanceof EofException)
                                && code == HttpStatus.INTERNAL_SERVER_ERROR.getCode()
                        ? logged(request.getMethod(), path, cause)
                        : ProblemDetails.of(HttpStatus.forStatus(code), detail(code, message, cause), path, Map.of());
                if (GIT.matcher(String.valueOf(request.getHeaders().get(HttpHeader.USER_AGENT)))
                        .find()) {
                    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
                    response.write(true, BufferUtil.toBuffer(problem.detail() + "\n", UTF_8), callback);
                } else {
                    response.getHeaders().put(HttpHeader.CONTENT_TYPE, mediaType(problem));
                    response.write(true, BufferUtil.toBuffer(bytes(problem)), callback);
                }
            }
        };
    }

    /** Without a message of its own Jetty takes the text of the exception, which begins with its class. */
    private static String detail(int code, @Nullable String message, @Nullable Throwable cause) {
        return message == null || (cause != null && message.equals(cause.toString()))
                ? HttpStatus.forStatus(code).getMessage()
                : Reason.inWords(message);
    }
}
