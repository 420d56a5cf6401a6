package dev.laurel.registry.showcase;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import org.eclipse.jetty.ee10.servlet.ServletApiRequest;
import org.jspecify.annotations.Nullable;

/** Counts what a servlet is asked, and has mishaps on the way, each of them once and in their order. */
public final class MishapServlet extends HttpServlet {
    /** How the address of a request ends: looks and fetches, pushes. */
    public static final String LOOK = "service=git-upload-pack";

    public static final String FETCH = "/git-upload-pack";
    public static final String PUSH = "/git-receive-pack";

    private final transient HttpServlet servlet;
    private final transient BlockingDeque<Mishap> mishaps = new LinkedBlockingDeque<>();
    private final transient List<String> requests = Collections.synchronizedList(new ArrayList<>());

    public MishapServlet(HttpServlet servlet) {
        this.servlet = servlet;
    }

    /**
     * What happens to the next request of some kind.
     *
     * @param done whether what is asked for is done all the same
     * @param status of the answer; 0 when the connection is cut
     */
    private record Mishap(
            String request,
            boolean done,
            int status,
            @Nullable String retryAfter) {}

    public void answers(String request, int status) {
        mishaps.add(new Mishap(request, false, status, null));
    }

    public void answers(String request, int status, String retryAfter) {
        mishaps.add(new Mishap(request, false, status, retryAfter));
    }

    public void cuts(String request) {
        mishaps.add(new Mishap(request, false, 0, null));
    }

    public void doesAndAnswers(String request, int status) {
        mishaps.add(new Mishap(request, true, status, null));
    }

    public void doesAndCuts(String request) {
        mishaps.add(new Mishap(request, true, 0, null));
    }

    /** How many there were so far whose address ends so. */
    public long requests(String end) {
        synchronized (requests) {
            return requests.stream().filter(request -> request.endsWith(end)).count();
        }
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        servlet.init(config);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String address =
                request.getPathInfo() + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
        requests.add(address);
        @Nullable Mishap mishap = next(address);
        if (mishap == null) {
            servlet.service(request, response);
            return;
        }
        if (mishap.done) {
            servlet.service(request, new HttpServletResponseWrapper(response) {
                @Override
                public ServletOutputStream getOutputStream() {
                    return new NowhereStream();
                }
            });
        }
        if (mishap.status == 0) {
            ServletApiRequest.class
                    .cast(request)
                    .getRequest()
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close();
            return;
        }
        response.reset();
        if (mishap.retryAfter != null) {
            response.setHeader("Retry-After", mishap.retryAfter);
        }
        response.setStatus(mishap.status);
    }

    private synchronized @Nullable Mishap next(String address) {
        @Nullable Mishap next = mishaps.peek();
        return next != null && address.endsWith(next.request) ? mishaps.poll() : null;
    }

    private static final class NowhereStream extends ServletOutputStream {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int b) {}
    }
}
