package dev.laurel.server;

import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryException;
import dev.laurel.registry.git.Access;
import dev.laurel.registry.git.Location;
import dev.laurel.source.RowStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * The server as a program of its own, told by its environment: {@code LAUREL_REPO} (the models repository; needed), {@code LAUREL_ENV}
 * (production), {@code LAUREL_HOST} (127.0.0.1), {@code LAUREL_PORT} (8080) and {@code LAUREL_CACHE} (where rows and mirrors are kept;
 * ~/.cache/laurel). Those of {@link Access} say how a Git host is reached.
 */
public final class ServerMain {
    private ServerMain() {}

    /** What the environment says. */
    record Arguments(Location repository, Access access, Path cache, ServerSettings settings) {
        static Arguments of(Map<String, String> environment) {
            String repository = environment.getOrDefault("LAUREL_REPO", "");
            Expect.that(
                    !repository.isBlank(),
                    "LAUREL_REPO",
                    "missing",
                    "a models repository: a folder, https:// or ssh://");
            String port = environment.getOrDefault("LAUREL_PORT", "8080");
            Expect.that(port.matches("[0-9]{1,5}"), "LAUREL_PORT", port, "0..65535");
            ServerSettings settings = new ServerSettings(
                    environment.getOrDefault("LAUREL_HOST", ServerSettings.LOOPBACK),
                    Integer.parseInt(port),
                    new Environment(environment.getOrDefault("LAUREL_ENV", "production")));
            return new Arguments(
                    Location.parse(repository), Access.of(environment), Access.cache(environment), settings);
        }
    }

    public static void main(String[] args) {
        // The file has a name of its own, since other programs share the class path.
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "laurel-server-logback.xml");
        }
        try {
            run(Arguments.of(System.getenv()));
        } catch (InvalidValueException | RegistryException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void run(Arguments arguments) {
        Registry registry = Registry.open(arguments.repository(), arguments.access());
        RowStore rows = new RowStore(arguments.cache(), false, Clock.systemUTC());
        PredictionServer server = PredictionServer.start(arguments.settings(), registry, rows, Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            registry.close();
        }));
        LoggerFactory.getLogger(ServerMain.class)
                .info(
                        "Answering for {} at http://{}:{}",
                        arguments.settings().environment(),
                        arguments.settings().host(),
                        server.port());
    }
}
