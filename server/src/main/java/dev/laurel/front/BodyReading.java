package dev.laurel.front;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler.ContentLoader;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Reads one body as it comes, on no thread of its own. What came is copied, so that a client that sends a byte holds a byte and not a buffer of
 * the network.
 */
final class BodyReading extends ContentLoader implements Invocable.Task {
    private static final byte[] NOTHING = {};

    private final Bodies bodies;
    private byte @Nullable [] first;
    private @Nullable ByteArrayOutputStream read;
    private int held;
    private final AtomicBoolean settled = new AtomicBoolean();
    private boolean over;
    private Scheduler.@Nullable Task deadline;

    BodyReading(Bodies bodies, Handler handler, Request request, Response response, Callback callback) {
        super(handler, request, response, callback);
        this.bodies = bodies;
    }

    @Override
    protected void load() {
        if (bodies.isTooLong(getRequest().getLength())) {
            refuseLength();
            return;
        }
        Request.addCompletionListener(getRequest(), failure -> giveBack());
        if (read()) {
            handle(resumed(), getResponse(), getCallback());
        }
    }

    /** More has come. */
    @Override
    public void run() {
        if (read()) {
            // This thread reads for everybody.
            getRequest().getContext().execute(() -> handle(resumed(), getResponse(), getCallback()));
        }
    }

    /** Whether there is enough to go on with, and nobody has answered yet. */
    private boolean read() {
        while (!settled.get()) {
            Content.Chunk chunk = getRequest().read();
            if (chunk == null) {
                waitForMore();
                return false;
            }
            if (Content.Chunk.isFailure(chunk)) {
                fail(chunk.getFailure());
                return false;
            }
            boolean last = chunk.isLast();
            boolean room = keep(chunk);
            if (!room) {
                refuse(
                        HttpStatus.SERVICE_UNAVAILABLE_503,
                        "body: no room for it just now (expected: fewer large bodies at one time); try again");
            } else if (bodies.isTooLong(held)) {
                refuseLength();
            } else if (last || bodies.isEnough(held)) {
                return settle();
            }
        }
        return false;
    }

    private boolean keep(Content.Chunk chunk) {
        byte[] bytes = BufferUtil.toArray(chunk.getByteBuffer());
        chunk.release();
        return keep(bytes);
    }

    /** False when there is no room, or nobody wants it any more. */
    private synchronized boolean keep(byte[] bytes) {
        if (over || !bodies.budget().take(bytes.length)) {
            return false;
        }
        held += bytes.length;
        if (first == null) {
            // All of it, nearly always.
            first = bytes;
        } else {
            rest().writeBytes(bytes);
        }
        return true;
    }

    private ByteArrayOutputStream rest() {
        ByteArrayOutputStream more = read;
        if (more == null) {
            more = new ByteArrayOutputStream(256);
            more.writeBytes(Objects.requireNonNull(first));
            read = more;
        }
        return more;
    }

    private synchronized byte[] bytes() {
        return read != null ? read.toByteArray() : first != null ? first : NOTHING;
    }

    private synchronized void giveBack() {
        over = true;
        bodies.budget().giveBack(held);
    }

    private void waitForMore() {
        if (deadline == null) {
            deadline = getRequest()
                    .getComponents()
                    .getScheduler()
                    .schedule(this::refuseSlowness, bodies.patience().toMillis(), TimeUnit.MILLISECONDS);
        }
        getRequest().demand(this);
    }

    /** A client that is gone, one that sends no HTTP, or one that has fallen silent. */
    private void fail(Throwable failure) {
        if (failure instanceof TimeoutException) {
            refuseSlowness();
        } else if (settle()) {
            Response.writeError(getRequest(), getResponse(), getCallback(), failure);
        }
    }

    private void refuseLength() {
        refuse(
                HttpStatus.PAYLOAD_TOO_LARGE_413,
                "body: too large (expected: at most %s bytes)".formatted(bodies.most()));
    }

    private void refuseSlowness() {
        if (settle()) {
            // Not read on: slowness is why.
            getResponse().getHeaders().put(HttpHeader.CONNECTION, "close");
            Response.writeError(
                    getRequest(),
                    getResponse(),
                    getCallback(),
                    HttpStatus.REQUEST_TIMEOUT_408,
                    "body: %s bytes in %s s (expected: all of it by then)"
                            .formatted(held, bodies.patience().toSeconds()));
        }
    }

    private void refuse(int status, String detail) {
        if (settle()) {
            if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
                getResponse().getHeaders().put(HttpHeader.RETRY_AFTER, 1);
            }
            Refusal.answer(getRequest(), getResponse(), getCallback(), status, detail);
        }
    }

    private boolean settle() {
        if (!settled.compareAndSet(false, true)) {
            return false;
        }
        if (deadline != null) {
            deadline.cancel();
        }
        return true;
    }

    private Request resumed() {
        if (bodies.whole()) {
            getRequest().setAttribute(WholeBody.ATTRIBUTE, bytes());
        }
        return new Resumed(getRequest(), bytes(), bodies.whole() || isAll());
    }

    private boolean isAll() {
        return !bodies.isEnough(held);
    }

    /** The request, with what was read of its body before the rest. */
    private static final class Resumed extends Request.Wrapper {
        private Content.@Nullable Chunk begun;

        Resumed(Request request, byte[] read, boolean all) {
            super(request);
            begun = Content.Chunk.from(ByteBuffer.wrap(read), all);
        }

        @Override
        public Content.@Nullable Chunk read() {
            Content.Chunk chunk = begun;
            if (chunk == null) {
                return super.read();
            }
            begun = Content.Chunk.next(chunk);
            return chunk;
        }

        @Override
        public void demand(Runnable whenThereIsMore) {
            if (begun == null) {
                super.demand(whenThereIsMore);
            } else {
                getContext().execute(whenThereIsMore);
            }
        }
    }
}
