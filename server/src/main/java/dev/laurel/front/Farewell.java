package dev.laurel.front;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Once said, every answer is the last one of its connection, so that no client sends a request into a connection that is about to end. */
final class Farewell extends Handler.Wrapper {
    private volatile boolean said;

    void say() {
        said = true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (said && request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        return super.handle(request, response, callback);
    }
}
