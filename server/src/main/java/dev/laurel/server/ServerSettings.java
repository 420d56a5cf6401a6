package dev.laurel.server;

import dev.laurel.front.Names;
import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a server runs.
 *
 * @param host the address to bind to; loopback unless somebody says otherwise
 * @param port 0 for any free port
 * @param pinFile the one pin to follow, such as a mounted ConfigMap; null to follow every pin at the head of the registry
 * @param hosts the names that it answers to beside the host, with commas between them
 */
public record ServerSettings(
        String host,
        int port,
        Environment environment,
        @Nullable Path pinFile,
        String hosts) {
    public static final String LOOPBACK = "127.0.0.1";

    public ServerSettings {
        Expect.notBlank("host", host);
        Expect.range("port", port, 0, 65_535);
        Names.of(host, hosts);
    }

    /** Settings that follow every pin at the head of the registry. */
    public ServerSettings(String host, int port, Environment environment) {
        this(host, port, environment, null, "");
    }

    Names names() {
        return Names.of(host, hosts);
    }
}
