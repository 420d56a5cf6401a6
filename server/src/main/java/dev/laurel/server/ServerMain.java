package dev.laurel.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.bytes.ModelBytes;
import dev.laurel.follow.LateRegistry;
import dev.laurel.follow.PinCheck;
import dev.laurel.follow.Proofs;
import dev.laurel.follow.Supply;
import dev.laurel.git.host.Access;
import dev.laurel.git.host.Location;
import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Pin;
import dev.laurel.program.LogFormat;
import dev.laurel.program.Program;
import dev.laurel.program.Reason;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.source.RowStore;
import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Yaml;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The server as a program of its own, told by its environment: {@code LAUREL_REPO} (the models repository; needed), {@code LAUREL_ENV}
 * (production), {@code LAUREL_PIN_FILE} (the one pin to follow; without it, every pin of the environment at the head of the repository),
 * {@code LAUREL_HOST} (127.0.0.1), {@code LAUREL_HOSTS} (the names it answers to beside that), {@code LAUREL_PORT} (8080), {@code
 * LAUREL_DATA} (the folder of files that sources read) and {@code LAUREL_CACHE} (where rows and mirrors are kept;
 * ~/.cache/laurel). {@code LAUREL_SIBLINGS} (host:port) and {@code LAUREL_BYTES} (http(s)://host/path or s3://bucket/prefix) say where bytes
 * are to be had before the repository is asked, and {@code LAUREL_SIBLING_PORT} where others may have ours. {@code LAUREL_GRPC_PORT} opens a
 * port for gRPC; {@code LAUREL_FEEDBACK}, {@code LAUREL_RECORD}, {@code LAUREL_REPLICAS} and {@code LAUREL_DATABASE_URL} say what is kept for
 * feedback and where; limits, TLS and tokens are those of {@link dev.laurel.front.Guard}. Those of {@link Access} say how a Git host is
 * reached, and {@link LogFormat} how the log is written.
 *
 * <p>With the argument {@code verify} it serves nothing: it judges and loads the pin whose text is {@code LAUREL_PIN} as a server of that
 * environment would. Its exit code says whether one would serve it: 0 yes, 3 no, and 1 when that cannot be said now; 2 is a wrong setting.
 */
public final class ServerMain {
    private static final String VERIFY = "verify";

    /** Exit codes of {@link #VERIFY}. What was rejected is rejected the next time too. */
    private static final int CANNOT_SAY = 1;

    private static final int REJECTED = 3;

    private ServerMain() {}

    /** What the environment says. */
    record Arguments(
            Location repository,
            Access access,
            Path cache,
            @Nullable Path data,
            ServerSettings settings,
            @Nullable Integer siblingPort) {
        static Arguments of(Map<String, String> environment) {
            String port = environment.getOrDefault("LAUREL_PORT", "8080");
            Expect.that(port.matches("[0-9]{1,5}"), "LAUREL_PORT", port, "0..65535");
            String pinFile = environment.getOrDefault("LAUREL_PIN_FILE", "");
            ServerSettings settings = new ServerSettings(
                    environment.getOrDefault("LAUREL_HOST", ServerSettings.LOOPBACK),
                    Integer.parseInt(port),
                    environmentIn(environment),
                    pinFile.isBlank() ? null : Path.of(pinFile),
                    environment.getOrDefault("LAUREL_HOSTS", ""),
                    environment);
            String data = environment.getOrDefault("LAUREL_DATA", "");
            String siblings = environment.getOrDefault("LAUREL_SIBLING_PORT", "");
            Expect.that(siblings.matches("[0-9]{0,5}"), "LAUREL_SIBLING_PORT", siblings, "0..65535");
            return new Arguments(
                    repositoryIn(environment),
                    Access.of(environment),
                    Access.cache(environment),
                    data.isBlank() ? null : Path.of(data),
                    settings,
                    siblings.isEmpty() ? null : Integer.valueOf(siblings));
        }
    }

    private static Environment environmentIn(Map<String, String> environment) {
        return new Environment(environment.getOrDefault("LAUREL_ENV", "production"));
    }

    private static Location repositoryIn(Map<String, String> environment) {
        String repository = environment.getOrDefault("LAUREL_REPO", "");
        Expect.that(
                !repository.isBlank(), "LAUREL_REPO", "missing", "a models repository: a folder, https:// or ssh://");
        return Location.parse(repository);
    }

    public static void main(String[] args) {
        Program.begin();
        // The file has a name of its own, since other programs share the class path.
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "laurel-server-logback.xml");
        }
        try {
            LogFormat.of(System.getenv());
            if (args.length == 0) {
                run(Arguments.of(System.getenv()), System.getenv());
            } else {
                Expect.that(args.length == 1 && args[0].equals(VERIFY), "argument", args[0], "none, or " + VERIFY);
                System.exit(verify(System.getenv(), System.out, System.err));
            }
        } catch (InvalidValueException | InvalidDocumentException | RegistryException | IllegalStateException e) {
            System.err.println(Reason.of(e));
            System.exit(2);
        }
    }

    private static int verify(Map<String, String> environment, PrintStream output, PrintStream errors) {
        String text = environment.getOrDefault("LAUREL_PIN", "");
        Expect.that(!text.isBlank(), "LAUREL_PIN", "missing", "the text of a pin");
        Pin pin;
        try {
            pin = Yaml.read(text.getBytes(UTF_8), "LAUREL_PIN", Pin.class);
        } catch (InvalidDocumentException | InvalidValueException e) {
            errors.println(Reason.of(e));
            return REJECTED;
        }
        try (Registry registry = Registry.open(repositoryIn(environment), Access.of(environment))) {
            Optional<String> problem = PinCheck.problem(registry, environmentIn(environment), pin);
            problem.ifPresentOrElse(
                    reason -> errors.println(
                            "%s %s would not be served: %s".formatted(pin.model(), pin.version(), reason)),
                    () -> output.println(
                            "%s %s (%s) can be served".formatted(pin.model(), pin.version(), pin.digest())));
            return problem.isPresent() ? REJECTED : 0;
        } catch (RegistryException e) {
            if (!e.isOutage()) {
                throw e;
            }
            errors.println("%s %s: cannot be judged now: %s (try again)"
                    .formatted(pin.model(), pin.version(), e.getMessage()));
            return CANNOT_SAY;
        }
    }

    /** A folder that is none is a wrong setting; a host that is away comes back. */
    private static LateRegistry registry(Arguments arguments) {
        if (arguments.repository() instanceof Location.Folder) {
            Registry open = Registry.open(arguments.repository(), arguments.access());
            return LateRegistry.of(() -> open);
        }
        return LateRegistry.of(() -> Registry.open(arguments.repository(), arguments.access()));
    }

    private static void run(Arguments arguments, Map<String, String> environment) {
        LateRegistry registry = registry(arguments);
        RowStore rows = new RowStore(arguments.cache(), false, Clock.systemUTC(), arguments.data());
        Supply supply = new Supply(
                registry,
                ModelBytes.of(environment, registry),
                Proofs.in(
                        arguments.cache().resolve("proofs"),
                        arguments.repository().toString(),
                        environment.getOrDefault("LAUREL_SIGNED", "").equals("true")));
        PredictionServer server = PredictionServer.start(arguments.settings(), supply, rows, Map.of());
        server.keepDrift(arguments.cache().resolve("drift"));
        server.keepFeedback(arguments.cache().resolve("feedback"), environment);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.letGo(PredictionServer.LAST_ANSWERS);
            server.close();
            registry.close();
        }));
        if (arguments.siblingPort() != null) {
            server.share(arguments.settings().host(), arguments.siblingPort());
        }
        LoggerFactory.getLogger(ServerMain.class)
                .info(
                        "Answering for {} at http://{}:{}",
                        arguments.settings().environment(),
                        arguments.settings().host(),
                        server.port());
    }
}
