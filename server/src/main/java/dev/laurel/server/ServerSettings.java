package dev.laurel.server;

import dev.laurel.model.Environment;
import dev.laurel.model.Expect;

/**
 * How a server runs.
 *
 * @param host the address to bind to; loopback unless somebody says otherwise
 * @param port 0 for any free port
 */
public record ServerSettings(String host, int port, Environment environment) {
    public static final String LOOPBACK = "127.0.0.1";

    public ServerSettings {
        Expect.notBlank("host", host);
        Expect.range("port", port, 0, 65_535);
    }
}
