package dev.laurel.git.host;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/** The connections of one conversation of JGit's with a Git host: through the proxy, with our token to that host alone. */
public final class HttpConnections implements HttpConnectionFactory {
    private final HttpConnectionFactory plain = new JDKHttpConnectionFactory();
    private final HttpHost host;
    private final Access access;
    private @Nullable HttpConnection newest;

    public HttpConnections(HttpHost host, Access access) {
        this.host = host;
        this.access = access;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        URI address = URI.create(url.toString());
        HttpConnection connection = plain.create(url, access.proxies().of(address));
        // At once, so that no request is made for nothing, and here, since JGit would carry a login along a redirect.
        Optional<String> login = host.isHost(address) ? access.authorization() : Optional.empty();
        if (login.isPresent()) {
            connection.setRequestProperty("Authorization", login.get());
        }
        newest = connection;
        return connection;
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        return create(url);
    }

    /** The status of the last answer; 0 when there was none. */
    public int status() {
        try {
            return newest == null ? 0 : newest.getResponseCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** How long the host wants to be left alone, by its last answer; null when it does not say. */
    public @Nullable Duration retryAfter() {
        return newest == null ? null : HttpFailure.retryAfter(newest.getHeaderField("Retry-After"));
    }

    /** Whether the host was given anything to do yet, and not only asked what it has. */
    public boolean hasPosted() {
        return newest != null && "POST".equals(newest.getRequestMethod());
    }
}
