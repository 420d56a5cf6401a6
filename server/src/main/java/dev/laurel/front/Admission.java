package dev.laurel.front;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other sites from using the browser of somebody who reaches this server. A page whose own name was made to point here names
 * itself as the host, so only known names are answered; any other page is named by the browser as the origin, and may change nothing.
 */
final class Admission extends Handler.Wrapper {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    /** What platforms ask by names and addresses of their own; it tells who is ready, and takes nothing. */
    private static final Set<String> PROBES = Set.of("/healthz", "/readyz");

    private final Names names;

    Admission(Names names) {
        this.names = names;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<String> foreignName = foreignName(request);
        if (foreignName.isPresent()) {
            String detail =
                    "host: %s (expected: localhost, or a name that this server was given; LAUREL_HOSTS gives it more)"
                            .formatted(Text.shown(foreignName.get()));
            Refusal.answer(request, response, callback, HttpStatus.MISDIRECTED_REQUEST_421, detail);
            return true;
        }
        Optional<String> foreignPage = READING.contains(request.getMethod()) ? Optional.empty() : foreignPage(request);
        if (foreignPage.isPresent()) {
            String detail =
                    "%s (expected: this server's own page, or a program that is no browser); pages of other sites may change nothing here"
                            .formatted(Text.shown(foreignPage.get()));
            Refusal.answer(request, response, callback, HttpStatus.FORBIDDEN_403, detail);
            return true;
        }
        return super.handle(request, response, callback);
    }

    /** Both the name in the request line, if there is one, and the one in the header. */
    private Optional<String> foreignName(Request request) {
        if (READING.contains(request.getMethod()) && PROBES.contains(Request.getPathInContext(request))) {
            return Optional.empty();
        }
        InetAddress local = request.getConnectionMetaData().getLocalSocketAddress() instanceof InetSocketAddress address
                ? address.getAddress()
                : InetAddress.getLoopbackAddress();
        @Nullable String header = request.getHeaders().get(HttpHeader.HOST);
        if (header != null) {
            Optional<HostPort> parsed = parsed(header);
            if (parsed.isEmpty() || !names.contain(host(parsed.get()), local)) {
                return Optional.of(header);
            }
        }
        @Nullable String line = request.getHttpURI().getHost();
        return line == null || names.contain(line, local) ? Optional.empty() : Optional.of(line);
    }

    private static Optional<String> foreignPage(Request request) {
        @Nullable String site = request.getHeaders().get("Sec-Fetch-Site");
        if (site != null && site.equalsIgnoreCase("cross-site")) {
            return Optional.of("Sec-Fetch-Site: " + site);
        }
        @Nullable String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        return origin == null || isOfThisServer(origin, authority(request))
                ? Optional.empty()
                : Optional.of("Origin: " + origin);
    }

    /** HTTP/2 has it in the request line alone. */
    private static @Nullable String authority(Request request) {
        @Nullable String header = request.getHeaders().get(HttpHeader.HOST);
        return header == null ? request.getHttpURI().getAuthority() : header;
    }

    /** The same host and port; who ends TLS in front of this server makes the schemes differ. */
    private static boolean isOfThisServer(String origin, @Nullable String host) {
        if (host == null) {
            return false;
        }
        try {
            URI page = new URI(origin);
            Optional<HostPort> asked = parsed(host);
            int usual = "https".equalsIgnoreCase(page.getScheme()) ? 443 : 80;
            return page.getHost() != null
                    && asked.isPresent()
                    && page.getHost().toLowerCase(Locale.ROOT).equals(host(asked.get()))
                    && (page.getPort() < 0 ? usual : page.getPort())
                            == asked.get().getPort(usual);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Optional<HostPort> parsed(String header) {
        try {
            return Optional.of(new HostPort(header));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String host(HostPort parsed) {
        @Nullable String host = parsed.getHost();
        return host == null ? "" : host.toLowerCase(Locale.ROOT);
    }
}
