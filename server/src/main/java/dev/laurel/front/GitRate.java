package dev.laurel.front;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.Callback;

/** Ends uploads that have become a trickle: each holds a thread, since servlets of Git read as they go. */
final class GitRate extends MinimumDataRateHandler {
    GitRate(long bytesPerSecond) {
        super(bytesPerSecond, 0);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Handler next = getHandler();
        if (next == null || Front.isOfGit(request)) {
            return super.handle(request, response, callback);
        }
        return next.handle(request, response, callback);
    }
}
