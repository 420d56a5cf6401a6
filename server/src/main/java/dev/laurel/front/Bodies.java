package dev.laurel.front;

import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler.ContentLoader;
import org.eclipse.jetty.server.handler.EagerContentHandler.ContentLoaderFactory;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * How bodies are read before a request goes on.
 *
 * @param most how many bytes are read
 * @param whole whether a longer body is refused; otherwise the request goes on with what was read, and reads the rest itself
 * @param patience what a client has to send them in
 */
record Bodies(int most, boolean whole, Duration patience, BodyBudget budget) implements ContentLoaderFactory {
    /** All media types. */
    @Override
    public @Nullable String getApplicableMimeType() {
        return null;
    }

    @Override
    public ContentLoader newContentLoader(
            @Nullable String contentType,
            @Nullable String mimeType,
            Handler handler,
            Request request,
            Response response,
            Callback callback) {
        return new BodyReading(this, handler, request, response, callback);
    }

    boolean isTooLong(long bytes) {
        return whole && bytes > most;
    }

    boolean isEnough(long bytes) {
        return !whole && bytes >= most;
    }
}
