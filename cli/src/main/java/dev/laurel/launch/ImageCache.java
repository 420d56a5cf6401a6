package dev.laurel.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.cli.Main;
import dev.laurel.model.Environment;
import dev.laurel.model.Pin;
import dev.laurel.program.Program;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryHttp;
import dev.laurel.server.PredictionServer;
import dev.laurel.server.ServerMain;
import dev.laurel.server.ServerSettings;
import dev.laurel.source.RowStore;
import dev.laurel.trainer.TrainerMain;
import dev.laurel.yaml.Yaml;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Makes what the JVM of an image starts from quickly. It runs while the image is built, by the very JVM and on the very jars of the image:
 * its program does once what it is for, against a models repository over HTTP as in a cluster, and the JVM keeps what it loaded, linked
 * and, for a trainer, called often (JEP 483, 514 and 515).
 *
 * <p>Arguments: the folder of the image, with the jars in {@code lib}; and {@code server} or {@code trainer}. At the end the folder has
 * {@code classes}, the cache; {@code cacheable}, the jars that a JVM would keep no class of as they were released ({@link CacheableJar}); and
 * {@code options}, the file of options that every start of the program begins with.
 */
final class ImageCache {
    private static final int FIRST_WITH_AOT_CACHE = 25;

    /** What the JVMs of all images are told, and what that of a server is told beside it; {@code bench/serving} measures with the same. */
    private static final String FLAGS = "image.options";

    private static final String SERVER_FLAGS = "server.options";

    /**
     * Leaves the profiles of the rehearsal out, by which a JVM compiles for a server under load while it still starts (JEP 515): on two
     * processors the first answer waits for that.
     */
    private static final List<String> WITHOUT_PROFILES =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

    private static final Environment PRODUCTION = new Environment("production");
    private static final String MODEL = "spy-direction";

    /** What people and probes ask. */
    private static final List<String> QUESTIONS = List.of(
            "/healthz", "/readyz", "/predictionForTomorrow?threshold=0.5", "/metrics", "/status", "/", "/nothing-here");

    /** How often each is asked: more than once, since the JVM and libraries go other ways with what was asked before. */
    private static final int TIMES = 20;

    /** An emulated machine, for an image of another architecture, takes many times as long as a real one. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path folder;
    private final Path scratch;

    private ImageCache(Path folder, Path scratch) {
        this.folder = folder;
        this.scratch = scratch;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Program.begin();
        if (Runtime.version().feature() < FIRST_WITH_AOT_CACHE) {
            throw new IllegalStateException("the base's Java: %s (expected: %s or newer)"
                    .formatted(Runtime.version().feature(), FIRST_WITH_AOT_CACHE));
        }
        ImageCache cache = new ImageCache(Path.of(arguments[0]), Files.createTempDirectory("laurel-rehearsal"));
        switch (arguments[1]) {
            case "server" -> cache.make(ServerMain.class, List.of(FLAGS, SERVER_FLAGS), WITHOUT_PROFILES, cache::serve);
            case "trainer" -> cache.make(TrainerMain.class, List.of(FLAGS), List.of(), cache::train);
            default -> throw new IllegalStateException(arguments[1] + " (expected: server or trainer)");
        }
        // Ends the threads that libraries leave behind.
        System.exit(CommandLine.ExitCode.OK);
    }

    /** What a program does once, in a process that is yet to be started. */
    private interface Work {
        void beDoneBy(ProcessBuilder program) throws IOException, InterruptedException;
    }

    private void make(Class<?> program, List<String> flags, List<String> watching, Work work)
            throws IOException, InterruptedException {
        Path options = folder.resolve("options");
        Path classes = folder.resolve("classes");
        List<String> lines = new ArrayList<>();
        for (String file : flags) {
            lines.addAll(lines(file));
        }
        lines.add("-cp");
        lines.add(classPath());
        Files.write(options, lines);

        laurel("init", "--offline");
        laurel("train", MODEL, "--offline");
        try (Registry registry = Registry.open(repository());
                PredictionServer host = PredictionServer.start(
                        new ServerSettings(ServerSettings.LOOPBACK, 0, PRODUCTION),
                        registry,
                        new RowStore(scratch.resolve("cache"), true, Clock.systemUTC()),
                        new RegistryHttp(registry).servlets())) {
            Pin pin = registry.head().pins(PRODUCTION).values().iterator().next();
            List<String> watched = new ArrayList<>(watching);
            watched.addAll(List.of("-XX:AOTCacheOutput=" + classes, "@" + options, program.getName()));
            ProcessBuilder process = java(watched.toArray(String[]::new));
            process.environment()
                    .putAll(Map.of(
                            "LAUREL_REPO",
                                    "http://%s:%s/git/models.git".formatted(ServerSettings.LOOPBACK, host.port()),
                            "LAUREL_PIN_FILE",
                                    Files.write(scratch.resolve("champion.yaml"), Yaml.write(pin))
                                            .toString(),
                            "LAUREL_CACHE", scratch.resolve("mirror").toString()));
            work.beDoneBy(process);
        }

        lines.add("-XX:AOTCache=" + classes);
        Files.write(options, lines);
        // A JVM that cannot use a cache goes on without, unless it is told so.
        expectExit(0, java("-XX:AOTMode=on", "@" + options, "-version").start());
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream resource = Objects.requireNonNull(ImageCache.class.getResourceAsStream(file), file)) {
            return new String(resource.readAllBytes(), UTF_8).lines().toList();
        }
    }

    /**
     * In a fixed order: a cache is of one class path only, and {@code lib/*} is whatever order a file system gives. What cannot be kept as
     * it was released stands in {@code cacheable} as well.
     */
    private String classPath() throws IOException {
        Path cacheable = Files.createDirectories(folder.resolve("cacheable"));
        List<Path> released;
        try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
            released = jars.sorted().toList();
        }
        List<String> path = new ArrayList<>();
        for (Path jar : released) {
            Path taken = new CacheableJar(jar).in(cacheable);
            // Those of one release are one layer, whenever it is built.
            Files.setLastModifiedTime(taken, Files.getLastModifiedTime(jar));
            path.add(taken.toString());
        }
        return String.join(File.pathSeparator, path);
    }

    private void serve(ProcessBuilder program) throws IOException, InterruptedException {
        int port = freePort();
        int siblings = freePort();
        program.environment()
                .putAll(Map.of(
                        "LAUREL_PORT",
                        Integer.toString(port),
                        // In vain, as by the first pod of a version.
                        "LAUREL_SIBLINGS",
                        "%s:%s".formatted(ServerSettings.LOOPBACK, siblings),
                        "LAUREL_SIBLING_PORT",
                        Integer.toString(siblings)));
        Process server = program.start();
        try {
            HttpClient client = HttpClient.newHttpClient();
            String url = "http://%s:%s".formatted(ServerSettings.LOOPBACK, port);
            awaitReady(client, url, server);
            List<HttpRequest> requests = Stream.concat(
                            QUESTIONS.stream()
                                    .map(question -> HttpRequest.newBuilder(URI.create(url + question))
                                            .build()),
                            predictions(client, url).entrySet().stream()
                                    .map(asked -> HttpRequest.newBuilder(URI.create(url + asked.getKey()))
                                            .header("Content-Type", "application/json")
                                            .POST(BodyPublishers.ofString(asked.getValue()))
                                            .build()))
                    .toList();
            for (int i = 0; i < TIMES; i++) {
                for (HttpRequest request : requests) {
                    client.send(request, BodyHandlers.discarding());
                }
            }
        } finally {
            // As Kubernetes ends a pod. The JVM writes its cache then.
            server.destroy();
        }
        expectExit(128 + 15, server);
    }

    /** What each protocol is asked for a prediction by, about the example that the server gives itself. */
    private static Map<String, String> predictions(HttpClient client, String url)
            throws IOException, InterruptedException {
        HttpRequest model =
                HttpRequest.newBuilder(URI.create(url + "/models/" + MODEL)).build();
        JsonNode features = new ObjectMapper()
                .readTree(client.send(model, BodyHandlers.ofString()).body())
                .at("/example/features");
        return Map.of(
                "/predict",
                "{\"features\": %s}".formatted(features),
                "/invocations",
                "{\"inputs\": %s}".formatted(features),
                "/v2/models/" + MODEL + "/infer",
                "{\"inputs\": [{\"name\": \"features\", \"shape\": [1, %s], \"datatype\": \"FP64\", \"data\": %s}]}"
                        .formatted(features.path(0).size(), features.path(0)));
    }

    private static void awaitReady(HttpClient client, String url, Process server)
            throws IOException, InterruptedException {
        HttpRequest ready = HttpRequest.newBuilder(URI.create(url + "/readyz")).build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (server.isAlive() && System.nanoTime() < end) {
            try {
                HttpResponse<Void> answer = client.send(ready, BodyHandlers.discarding());
                if (answer.statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not up yet.
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
        throw new IOException("the server was not ready; what it said stands above");
    }

    /** The next version, judged against the champion. */
    private void train(ProcessBuilder program) throws IOException, InterruptedException {
        program.command().add(MODEL);
        expectExit(0, program.start());
    }

    private Path repository() {
        return scratch.resolve("models.git");
    }

    private void laurel(String... command) {
        String[] words = Stream.concat(
                        Stream.of(command), Stream.of("--repo", repository().toString()))
                .toArray(String[]::new);
        int exitCode = Main.commandLine(words).execute(words);
        if (exitCode != CommandLine.ExitCode.OK) {
            throw new IllegalStateException("exit code %s of laurel %s".formatted(exitCode, String.join(" ", words)));
        }
    }

    private static ProcessBuilder java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO();
    }

    private static void expectExit(int expected, Process process) throws IOException, InterruptedException {
        try {
            if (!process.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)) {
                throw new IOException("it took more than %s minutes".formatted(PATIENCE.toMinutes()));
            }
            if (process.exitValue() != expected) {
                throw new IOException("exit code %s (expected: %s)".formatted(process.exitValue(), expected));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
