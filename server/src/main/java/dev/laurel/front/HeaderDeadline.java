package dev.laurel.front;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;

/**
 * Ends connections that begin a header and do not come to its end in time. Jetty ends those that fall silent; one that sends a byte now and then
 * would never do so.
 */
final class HeaderDeadline extends Handler.Wrapper implements Connection.Listener {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Duration patience;
    private final ByteBuffer answer;
    private final Map<Connection, Reading> open = new ConcurrentHashMap<>();

    HeaderDeadline(Duration patience) {
        this.patience = patience;
        String problem = "{\"type\":\"about:blank\",\"title\":\"Request Timeout\",\"status\":408,"
                + "\"detail\":\"header: not whole after %s s (expected: all of it by then)\"}"
                        .formatted(patience.toSeconds());
        this.answer = ByteBuffer.wrap(("HTTP/1.1 408 Request Timeout\r\nContent-Type: application/problem+json\r\n"
                        + "Connection: close\r\nContent-Length: " + problem.length() + "\r\n\r\n" + problem)
                .getBytes(UTF_8));
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        lookSoon();
    }

    private void lookSoon() {
        getServer().getScheduler().schedule(this::look, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        open.values().forEach(Reading::look);
        if (isRunning()) {
            lookSoon();
        }
    }

    @Override
    public void onOpened(Connection connection) {
        // Others have frames and time-outs of their own.
        if (connection instanceof HttpConnection) {
            open.put(connection, new Reading(connection));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Reading reading = open.get(request.getConnectionMetaData().getConnection());
        if (reading != null) {
            reading.headerIsWhole();
            Request.addCompletionListener(request, failure -> reading.requestIsOver());
        }
        return super.handle(request, response, callback);
    }

    /** How far one connection has come. */
    private final class Reading {
        private final Connection connection;
        private boolean inRequest;
        private long bytesBefore;
        private long begunAt;
        private boolean begun;

        Reading(Connection connection) {
            this.connection = connection;
        }

        synchronized void headerIsWhole() {
            inRequest = true;
            begun = false;
        }

        synchronized void requestIsOver() {
            inRequest = false;
            bytesBefore = connection.getBytesIn();
        }

        synchronized void look() {
            if (inRequest || connection.getBytesIn() <= bytesBefore) {
                return;
            }
            if (!begun) {
                begun = true;
                begunAt = System.nanoTime();
            } else if (System.nanoTime() - begunAt > patience.toNanos()) {
                // In the way of nothing: no request is there that could be answered.
                Callback close = Callback.from(connection::close, failure -> connection.close());
                connection.getEndPoint().write(close, answer.slice());
                inRequest = true;
            }
        }
    }
}
