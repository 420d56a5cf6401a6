package dev.laurel.cli.serve;

import dev.laurel.cli.common.EnvironmentOption;
import dev.laurel.git.host.Location;
import dev.laurel.git.serve.ServerAccess;
import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.program.LogFormat;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryHttp;
import dev.laurel.server.PredictionServer;
import dev.laurel.server.ServerSettings;
import dev.laurel.source.RowStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where to answer, for which environment, and to whom. */
public final class ServerOptions {
    private static final int SHORTEST_TOKEN = 16;

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
                "Requests under other names than localhost and this one are refused (environment: LAUREL_HOSTS gives it more).",
                "At an address that others reach, pushes to the models repository need a token (--git-token-file)."
            })
    private String host = "127.0.0.1";

    @Option(
            names = "--grpc-port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description = {
                "Answers gRPC at this port as well: the Open Inference Protocol, health and reflection",
                "(environment: LAUREL_GRPC_PORT; default: not at all; 0: any free port)."
            })
    private @Nullable Integer grpcPort;

    @Option(
            names = "--git-token-file",
            paramLabel = "FILE",
            defaultValue = "${env:LAUREL_SERVER_GIT_TOKEN_FILE}",
            description =
                    "The file of a token that a push has to bring, as the password of any user (environment: LAUREL_SERVER_GIT_TOKEN_FILE).")
    private @Nullable Path tokenFile;

    @Option(names = "--git-private", description = "Reads of the models repository need the token too.")
    private boolean tokenForReads;

    @Mixin
    private WebhookOptions webhook = new WebhookOptions();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    public Environment environment() {
        return environment.get();
    }

    /**
     * Predictions, and the models repository itself at {@code /git/models.git} unless it is on a Git host.
     *
     * @param repository where the registry is
     */
    public PredictionServer start(Registry registry, Location repository, RowStore rows) {
        try {
            PredictionServer server = PredictionServer.start(
                    settings(),
                    registry,
                    rows,
                    registry.isMirror() ? Map.of() : new RegistryHttp(registry, access()).servlets());
            webhook.target(
                            repository instanceof Location.Remote
                                    ? repository.toString()
                                    : url(server.port()) + "/git/models.git")
                    .ifPresent(server::tell);
            return server;
        } catch (IllegalStateException e) {
            // Somebody was quicker since the check.
            throw unavailable();
        }
    }

    /** What no option says is told as to the server in a cluster. */
    private ServerSettings settings() {
        Map<String, String> variables = new HashMap<>(System.getenv());
        if (grpcPort != null) {
            variables.put(ServerSettings.GRPC_PORT, grpcPort.toString());
        }
        return new ServerSettings(host, port, environment.get(), null, names(), variables);
    }

    /** As the server in a cluster is told them. */
    private static String names() {
        return System.getenv().getOrDefault("LAUREL_HOSTS", "");
    }

    private ServerAccess access() {
        if (tokenFile != null) {
            return ServerAccess.token(token(tokenFile), tokenForReads);
        }
        Expect.that(!tokenForReads, "--git-private", "without a token", "--git-token-file beside it");
        return isLoopback() ? ServerAccess.open() : ServerAccess.readOnly();
    }

    private static String token(Path file) {
        String text;
        try {
            text = Files.readString(file).strip();
        } catch (IOException e) {
            throw new InvalidValueException("--git-token-file", file, "a file that can be read");
        }
        Expect.that(
                text.length() >= SHORTEST_TOKEN && text.lines().count() == 1,
                "--git-token-file",
                file,
                "one line of at least %s characters in it, as `openssl rand -hex 32` prints".formatted(SHORTEST_TOKEN));
        return text;
    }

    /** What whoever starts the server has to know about pushes; empty when there is nothing to say. */
    public String note() {
        return tokenFile != null || isLoopback()
                ? ""
                : "others reach " + host
                        + ", so nobody may push to the models repository here; --git-token-file opens it";
    }

    private boolean isLoopback() {
        InetAddress address = new InetSocketAddress(host, port).getAddress();
        return address != null && address.isLoopbackAddress();
    }

    /** Finds out at once, not after a training run, that the address cannot be had. */
    public void check() {
        LogFormat.of(System.getenv());
        access();
        settings();
        webhook.check();
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
        int other = grpcPort != null && grpcPort == port + 1 ? port + 2 : port + 1;
        return port < 1024
                ? new InvalidValueException("port", port, "a free port above 1023; try --port 8080")
                : new InvalidValueException("port", port, "a free port; this one is in use, try --port " + other);
    }

    /** What to type on this machine; of an address that {@link #check} found to be one of its own. */
    public String url(int boundPort) {
        InetAddress address = new InetSocketAddress(host, boundPort).getAddress();
        boolean local = address.isLoopbackAddress() || address.isAnyLocalAddress();
        String scheme =
                System.getenv().getOrDefault("LAUREL_TLS_CERTIFICATE", "").isBlank() ? "http" : "https";
        return scheme + "://" + (local ? "localhost" : host.contains(":") ? "[" + host + "]" : host) + ":" + boundPort;
    }

    static final class PortConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            Expect.that(text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65535, "port", text, "0..65535");
            return Integer.parseInt(text);
        }
    }
}
