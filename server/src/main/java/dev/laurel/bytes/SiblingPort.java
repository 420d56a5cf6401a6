package dev.laurel.bytes;

import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.program.Reason;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Gives the other pods of the model the model files that answer here, which were verified, and nothing else. */
public final class SiblingPort implements AutoCloseable {
    static final String PATH = "/bytes/";

    private static final int MOST_THREADS = 8;

    private final Server server;
    private final ServerConnector connector;

    private SiblingPort(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * @param port 0 for any free one
     * @param loaded the model files that answer just now
     * @throws IllegalStateException with a remedy, when it cannot bind
     */
    public static SiblingPort start(String host, int port, ModelBytes bytes, Supplier<List<LfsPointer>> loaded) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 1);
        threads.setName("siblings");
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(10_000);
        server.addConnector(connector);
        server.setHandler(new Giving(bytes, loaded));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "LAUREL_SIBLING_PORT: %s cannot be bound to: %s (expected: a free port of %s)"
                            .formatted(port, Reason.of(e), host),
                    e);
        }
        return new SiblingPort(server, connector);
    }

    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the port for siblings cannot be closed: " + Reason.of(e), e);
        }
    }

    private static final class Giving extends Handler.Abstract {
        private final ModelBytes bytes;
        private final Supplier<List<LfsPointer>> loaded;

        Giving(ModelBytes bytes, Supplier<List<LfsPointer>> loaded) {
            this.bytes = bytes;
            this.loaded = loaded;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            String path = Request.getPathInContext(request);
            Optional<byte[]> found = HttpMethod.GET.is(request.getMethod()) && path.startsWith(PATH)
                    ? find(path.substring(PATH.length()))
                    : Optional.empty();
            if (found.isEmpty()) {
                response.setStatus(HttpStatus.NOT_FOUND_404);
                callback.succeeded();
            } else {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
                response.getHeaders().put(HttpHeader.CONTENT_LENGTH, found.get().length);
                response.write(true, ByteBuffer.wrap(found.get()), callback);
            }
            return true;
        }

        private Optional<byte[]> find(String hex) {
            return loaded.get().stream()
                    .filter(pointer -> pointer.digest().hex().equals(hex))
                    .findFirst()
                    .map(bytes::cached);
        }
    }
}
