package dev.laurel.front;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.Callback;

/** Lets so many requests in at one time; others wait for their turn, without a thread, and not for long. */
final class Turns extends QoSHandler {
    private final AtomicInteger active = new AtomicInteger();

    Turns(Limits limits) {
        setMaxRequestCount(limits.get(Limit.REQUESTS));
        setMaxSuspendedRequestCount(limits.get(Limit.WAITING));
        setMaxSuspend(limits.seconds(Limit.WAITING_TIME));
    }

    int active() {
        return active.get();
    }

    int waiting() {
        return getSuspendedRequestCount();
    }

    @Override
    protected boolean onConditionsNotMet(Request request, Response response, Callback callback) throws Exception {
        return super.nextHandler(request, response, callback);
    }

    /** For those whose turn it is. */
    @Override
    protected boolean nextHandler(Request request, Response response, Callback callback) throws Exception {
        active.incrementAndGet();
        Request.addCompletionListener(request, failure -> active.decrementAndGet());
        return super.nextHandler(request, response, callback);
    }

    @Override
    protected void reject(Request request, Response response, Callback callback, int status) {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
        Response.writeError(
                request, response, callback, status, "requests: too many just now (expected: fewer); try again");
    }
}
