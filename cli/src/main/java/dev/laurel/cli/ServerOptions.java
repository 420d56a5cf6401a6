package dev.laurel.cli;

import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryHttp;
import dev.laurel.server.PredictionServer;
import dev.laurel.server.ServerSettings;
import dev.laurel.source.RowStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where to answer, and for which environment. */
final class ServerOptions {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            defaultValue = "8080",
            description = "The port to answer at (default: 8080; 0: any free port).")
    private int port = 8080;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = {
                "The address to bind to (default: 127.0.0.1, this machine only).",
                "Whoever reaches it may push to the models repository: there is no login."
            })
    private String host = "127.0.0.1";

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    Environment environment() {
        return environment.get();
    }

    /** Predictions, and the models repository itself at {@code /git/models.git} unless it is on a Git host. */
    PredictionServer start(Registry registry, RowStore rows) {
        try {
            return PredictionServer.start(
                    new ServerSettings(host, port, environment.get()),
                    registry,
                    rows,
                    registry.isMirror() ? Map.of() : new RegistryHttp(registry).servlets());
        } catch (IllegalStateException e) {
            // Somebody was quicker since the check.
            throw unavailable();
        }
    }

    /** Finds out at once, not after a training run, that the address cannot be had. */
    void check() {
        try (ServerSocket socket = new ServerSocket()) {
            InetSocketAddress address = new InetSocketAddress(host, port);
            Expect.that(!address.isUnresolved(), "host", host, "an address of this machine");
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            throw unavailable();
        }
    }

    private InvalidValueException unavailable() {
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(host, 0));
        } catch (IOException e) {
            return new InvalidValueException("host", host, "an address of this machine");
        }
        return port < 1024
                ? new InvalidValueException("port", port, "a free port above 1023; try --port 8080")
                : new InvalidValueException("port", port, "a free port; this one is in use, try --port " + (port + 1));
    }

    /** What to type on this machine; of an address that {@link #check} found to be one of its own. */
    String url(int boundPort) {
        InetAddress address = new InetSocketAddress(host, boundPort).getAddress();
        boolean local = address.isLoopbackAddress() || address.isAnyLocalAddress();
        return "http://" + (local ? "localhost" : host.contains(":") ? "[" + host + "]" : host) + ":" + boundPort;
    }

    static final class PortConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            Expect.that(text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65535, "port", text, "0..65535");
            return Integer.parseInt(text);
        }
    }
}
