package dev.laurel.git.host;

import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The proxies that {@code http_proxy}, {@code https_proxy} and {@code no_proxy} name; those of the JVM's own settings where they do not. */
final class Proxies {
    private final @Nullable Proxy http;
    private final @Nullable Proxy https;
    private final List<String> direct;

    private Proxies(@Nullable Proxy http, @Nullable Proxy https, List<String> direct) {
        this.http = http;
        this.https = https;
        this.direct = direct;
    }

    static Proxies of(Map<String, String> environment) {
        // Not HTTP_PROXY: in a CGI program that is a header of the request.
        @Nullable Proxy http = proxy(environment, "http_proxy");
        @Nullable Proxy https = proxy(environment, "https_proxy");
        String direct = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
        return new Proxies(
                http,
                https != null ? https : proxy(environment, "HTTPS_PROXY"),
                Arrays.stream(direct.toLowerCase(Locale.ROOT).split("[,\\s]+", -1))
                        .map(host -> host.replaceFirst("^\\*?\\.", ""))
                        .filter(host -> !host.isEmpty())
                        .toList());
    }

    private static @Nullable Proxy proxy(Map<String, String> environment, String variable) {
        String text = environment.getOrDefault(variable, "").strip();
        if (text.isEmpty()) {
            return null;
        }
        URI address;
        try {
            address = URI.create(text.contains("://") ? text : "http://" + text);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(variable, "not an address", "http://proxy.example.com:3128");
        }
        Expect.that(
                address.getHost() != null
                        && "http".equalsIgnoreCase(address.getScheme())
                        && address.getUserInfo() == null,
                variable,
                address.getScheme() + "://" + (address.getUserInfo() == null ? "" : "***@") + address.getHost(),
                "a proxy without a login, as in http://proxy.example.com:3128");
        int port = address.getPort() < 0 ? 80 : address.getPort();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port));
    }

    Proxy of(URI address) {
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        if (direct.stream().anyMatch(each -> each.equals("*") || host.equals(each) || host.endsWith("." + each))) {
            return Proxy.NO_PROXY;
        }
        @Nullable Proxy named = "https".equalsIgnoreCase(address.getScheme()) ? https : http;
        if (named != null) {
            return named;
        }
        ProxySelector machine = ProxySelector.getDefault();
        return machine == null ? Proxy.NO_PROXY : machine.select(address).get(0);
    }
}
