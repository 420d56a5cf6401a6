package dev.laurel.http;

import dev.laurel.monitor.RequestTimer;
import dev.laurel.trace.Span;
import dev.laurel.trace.TraceParent;
import dev.laurel.trace.Tracing;
import dev.laurel.trace.Trail;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives every answer the id of its request, so that both ends can speak of it: the client's own, or one that is made up here. A {@code
 * traceparent} is passed on: the client's own, or that of our span where spans are followed.
 */
public final class RequestIds implements Filter {
    public static final String HEADER = "X-Request-Id";

    /** Others might say something else in a log, or in a header. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    private final Tracing tracing;

    public RequestIds(Tracing tracing) {
        this.tracing = tracing;
    }

    public static String of(@Nullable String given) {
        return given != null && FORM.matcher(given).matches() ? given : RandomIds.next();
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        String id = of(request.getHeader(HEADER));
        response.setHeader(HEADER, id);
        Optional<TraceParent> caller = TraceParent.parse(request.getHeader(TraceParent.HEADER));
        try (Span span = tracing.root(request.getMethod(), caller.orElse(null))) {
            TraceParent trace = span.traceParent().or(() -> caller).orElse(null);
            if (trace != null) {
                response.setHeader(TraceParent.HEADER, trace.text());
            }
            new Trail(id, trace).enter();
            try {
                chain.doFilter(request, response);
            } finally {
                Trail.leave();
            }
            describe(span, request, response);
        }
    }

    private static void describe(Span span, HttpServletRequest request, HttpServletResponse response) {
        if (span == Span.NONE) {
            return;
        }
        if (request.getAttribute(RequestTimer.ROUTE) instanceof String route) {
            span.name(request.getMethod() + " " + route);
            span.attribute("http.route", route);
        }
        span.attribute("http.request.method", request.getMethod());
        span.attribute("http.response.status_code", Integer.toString(response.getStatus()));
        if (response.getStatus() >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
            span.failed("status " + response.getStatus());
        }
    }
}
