package dev.laurel.front;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * An answer to a request whose body is not wanted. A connection that is closed while its client still sends is reset, and the answer is lost
 * with it; so the rest is read, up to a bound, and thrown away.
 */
final class Refusal implements Invocable.Task {
    private static final long MOST_BYTES_MORE = 64_000_000;
    private static final long MOST_SECONDS_MORE = 10;

    private final Request request;
    private final Callback callback;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Scheduler.Task deadline;
    private long bytes;

    private Refusal(Request request, Callback callback) {
        this.request = request;
        this.callback = callback;
        this.deadline = request.getComponents().getScheduler().schedule(this::end, MOST_SECONDS_MORE, TimeUnit.SECONDS);
    }

    /** Answers with problem details, and closes the connection when all was sent or enough was read. */
    static void answer(Request request, Response response, Callback callback, int status, String detail) {
        HttpFields headers = request.getHeaders();
        // Whoever waits to be told to go on sends no body after this answer.
        boolean sends = (request.getLength() > 0 || headers.contains(HttpHeader.TRANSFER_ENCODING))
                && !headers.contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString());
        if (!sends) {
            Response.writeError(request, response, callback, status, detail);
            return;
        }
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        Callback readOn = Callback.from(() -> new Refusal(request, callback).run(), callback::failed);
        Response.writeError(new Unread(request), response, readOn, status, detail);
    }

    /** Writing an error would otherwise give up the body. */
    private static final class Unread extends Request.Wrapper {
        Unread(Request request) {
            super(request);
        }

        @Override
        public boolean consumeAvailable() {
            return false;
        }
    }

    @Override
    public void run() {
        while (!over.get()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            bytes += chunk.remaining();
            chunk.release();
            if (chunk.isLast() || Content.Chunk.isFailure(chunk) || bytes > MOST_BYTES_MORE) {
                end();
            }
        }
    }

    private void end() {
        if (over.compareAndSet(false, true)) {
            deadline.cancel();
            callback.succeeded();
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
