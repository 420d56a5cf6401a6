package dev.laurel.git.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** HTTP to a Git host, and to where it sends us: through the proxy, with our token to the host alone. */
public final class HttpHost {
    public static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_REDIRECTS = 5;
    private static final int SMALL = 1 << 16;

    private final URI host;
    private final Access access;

    public HttpHost(URI host, Access access) {
        this.host = host;
        this.access = access;
    }

    /** What is sent; asked for again when it has to be sent again. */
    public interface Body {
        long size();

        void writeTo(OutputStream out) throws IOException;
    }

    /** Whether our token may go to this address: it is for the host, its port and its protocol. */
    boolean isHost(URI address) {
        return isSame(host, address);
    }

    private static boolean isSame(URI one, URI other) {
        return String.valueOf(one.getScheme()).equalsIgnoreCase(other.getScheme())
                && String.valueOf(one.getHost()).equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    /**
     * The answer, whatever its status; redirects are followed, and another host gets neither our token nor the headers that were meant
     * for the first.
     */
    public HttpURLConnection send(String method, URI address, Map<String, String> headers, @Nullable Body body)
            throws IOException {
        URI at = address;
        Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sent.putAll(headers);
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            HttpURLConnection answer = request(method, at, sent, body);
            @Nullable String next = answer.getHeaderField("Location");
            if (!isRedirect(status(answer), method) || next == null) {
                return answer;
            }
            URI target = redirected(at, next);
            if (!isSame(at, target)) {
                sent.keySet().removeIf(name -> !name.toLowerCase(Locale.ROOT).matches("range|accept|content-type"));
            }
            at = target;
        }
        throw new IOException("%s: redirected more than %s times".formatted(shown(address), MOST_REDIRECTS));
    }

    /** What was posted is posted again, also after a 301, as Git LFS does: a repository that has another name now answers so. */
    private static boolean isRedirect(int status, String method) {
        return status == 301
                || status == 302
                || (status == 303 && method.equals("GET"))
                || status == 307
                || status == 308;
    }

    private static URI redirected(URI from, String location) throws IOException {
        URI target;
        try {
            target = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException(shown(from) + ": redirected to what is no address", e);
        }
        boolean http = "http".equalsIgnoreCase(target.getScheme());
        if (!"https".equalsIgnoreCase(target.getScheme()) && !(http && "http".equalsIgnoreCase(from.getScheme()))) {
            throw new IOException("%s: redirected to %s (expected: an address that is as safe)"
                    .formatted(shown(from), shown(target)));
        }
        return target;
    }

    private HttpURLConnection request(String method, URI address, Map<String, String> headers, @Nullable Body body)
            throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                address.toURL().openConnection(access.proxies().of(address));
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        connection.setUseCaches(false);
        connection.setRequestMethod(method);
        // A digest is of the bytes themselves.
        connection.setRequestProperty("Accept-Encoding", "identity");
        headers.forEach(connection::setRequestProperty);
        if (isHost(address) && !headers.containsKey("Authorization")) {
            access.authorization().ifPresent(login -> connection.setRequestProperty("Authorization", login));
        }
        if (body != null) {
            connection.setDoOutput(true);
            // A small one is held back, so that an answer that comes before its end can be read.
            if (body.size() > SMALL) {
                connection.setFixedLengthStreamingMode(body.size());
            }
            try (OutputStream out = connection.getOutputStream()) {
                body.writeTo(out);
            }
        }
        return connection;
    }

    /** The status; also where Java wants to log in by itself and cannot, since what was sent is gone. */
    public static int status(HttpURLConnection answer) throws IOException {
        try {
            return answer.getResponseCode();
        } catch (HttpRetryException e) {
            return e.responseCode();
        }
    }

    /** The first bytes of what the host has to say about a failure. */
    static String text(HttpURLConnection answer) {
        try (InputStream error = answer.getErrorStream()) {
            return error == null ? "" : new String(error.readNBytes(2000), UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** An address without its query, in which some hosts put what opens it. */
    public static String shown(URI address) {
        return "%s://%s%s"
                .formatted(
                        address.getScheme(),
                        address.getRawAuthority() == null
                                ? ""
                                : address.getRawAuthority().replaceAll(".*@", "***@"),
                        address.getRawPath());
    }
}
