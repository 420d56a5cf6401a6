package dev.laurel.monitor;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** Times every request of the server, also those that other servlets than Javalin's answer. */
public final class RequestTimer implements Filter {
    /** The request's attribute in which Javalin's handlers leave the template of the route; without it the servlet's mapping is taken. */
    public static final String ROUTE = "dev.laurel.route";

    /** Others are anybody's invention, and would be labels without end. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final ServerMetrics metrics;

    public RequestTimer(ServerMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Timing timing = new Timing((HttpServletRequest) request, (HttpServletResponse) response, System.nanoTime());
        try {
            chain.doFilter(request, response);
        } finally {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(timing);
            } else {
                timing.record();
            }
        }
    }

    private final class Timing implements AsyncListener {
        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private final String method;
        private final long start;

        Timing(HttpServletRequest request, HttpServletResponse response, long start) {
            this.request = request;
            this.response = response;
            this.method = METHODS.contains(request.getMethod()) ? request.getMethod() : "other";
            this.start = start;
        }

        void record() {
            String route = request.getAttribute(ROUTE) instanceof String template
                    ? template
                    : request.getHttpServletMapping().getPattern();
            metrics.answered(method, route, response.getStatus(), Duration.ofNanos(System.nanoTime() - start));
        }

        @Override
        public void onComplete(AsyncEvent event) {
            record();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
