package dev.laurel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.program.Program;
import dev.laurel.registry.view.Author;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.outcome.Registration;
import dev.laurel.registry.Registry;
import dev.laurel.registry.view.Revision;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * Does the operations of the registry when told to, one line each on standard input, and answers with the nanoseconds that each took. The
 * caller decides the order, so that it can go back and forth between this and others.
 */
final class RegistryWorker {
    private static final Environment PRODUCTION = new Environment("production");
    private static final int WARM_UP = 200;
    private static final Author AUTHOR = new Author("Bench", "bench@laurel.example");

    private final Path bare;
    private final Path definition;

    private RegistryWorker(Path bare, Path definition) {
        this.bare = bare;
        this.definition = definition;
    }

    /** @param arguments the bare repository, and the model.yaml of which each model gets a copy */
    public static void main(String[] arguments) throws Exception {
        Program.begin();
        new RegistryWorker(Path.of(arguments[0]), Path.of(arguments[1])).answer();
    }

    /** The first line builds, and from then on the registries stay open, as they do in a trainer and in a server. */
    private void answer() throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        String[] first = lines.readLine().split(" ");
        System.out.println(build(Integer.parseInt(first[1]), Integer.parseInt(first[2]), Integer.parseInt(first[3])));
        Path cache = bare.resolveSibling("cache");
        try (Registry local = Registry.open(bare);
                Served served = new Served(local);
                Registry remote = served.open(cache.resolve("client"))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                System.out.println(
                        switch (words[0]) {
                            case "local" -> time(local, words[1], Integer.parseInt(words[2]));
                            case "remote" -> time(remote, words[1], Integer.parseInt(words[2]));
                            case "warm" -> warm();
                            case "bytes" -> bytesToServe(served, cache.resolve("new-server"));
                            default -> throw new IllegalArgumentException(line);
                        });
            }
        }
    }

    /** What a server that was never here before is sent until it has verified what it is to answer with; see {@code dev.laurel.follow}. */
    private static long bytesToServe(Served served, Path cache) {
        long before = served.bytesSent();
        try (Registry registry = served.open(cache)) {
            Revision head = registry.head();
            for (ModelName model : head.models()) {
                Pin pin = head.pin(PRODUCTION, model).orElseThrow();
                expect(head.objection(PRODUCTION, model).isEmpty());
                expect(head.record(model, pin.version()).modelFile().digest().equals(pin.digest()));
                expect(registry.fetch(pin.digest(), pin.size()).length == pin.size());
            }
        }
        return served.bytesSent() - before;
    }

    /** Until the compiler of the JVM has seen it all, on a registry of its own: what is measured stays as it was built. */
    private long warm() throws Exception {
        Path folder = bare.resolveSibling("warm");
        RegistryWorker worker = new RegistryWorker(folder.resolve("models.git"), definition);
        long start = System.nanoTime();
        worker.build(1, 60, 1000);
        try (Registry local = Registry.open(worker.bare);
                Served served = new Served(local);
                Registry remote = served.open(folder.resolve("cache"))) {
            for (int round = 0; round < WARM_UP; round++) {
                for (String operation : List.of("register", "promote", "resolve", "list")) {
                    worker.time(local, operation, 1);
                    if (round % 4 == 0) {
                        worker.time(remote, operation, 1);
                    }
                }
            }
        }
        return System.nanoTime() - start;
    }

    static ModelName model(int number) {
        return new ModelName("model-" + number);
    }

    /** So many models with so many versions each, the newest of which has a model file of {@code size} bytes and is pinned. */
    private long build(int models, int versions, int size) throws IOException {
        long start = System.nanoTime();
        String template = Files.readString(definition);
        TreeMap<ModelName, byte[]> definitions = new TreeMap<>();
        for (int number = 0; number < models; number++) {
            definitions.put(
                    model(number), template.replaceFirst("(?m)^model: .*$", "model: " + model(number)).getBytes(UTF_8));
        }
        try (Registry registry = Registry.create(bare, definitions, AUTHOR)) {
            for (int number = 0; number < models; number++) {
                for (int version = 1; version <= versions; version++) {
                    registry.register(new BenchDraft(model(number), version == versions ? size : 1000), AUTHOR);
                }
                registry.promote(PRODUCTION, model(number), new Version(versions), "bench", AUTHOR);
            }
        }
        return System.nanoTime() - start;
    }

    private long time(Registry registry, String operation, int times) {
            ModelName model = model(0);
            Runnable once =
                    switch (operation) {
                        case "register" -> () -> expect(
                                registry.register(new BenchDraft(model, 1000), AUTHOR) instanceof Registration.Registered);
                        case "promote" -> {
                            Version other = notPinned(registry.head(), model);
                            yield () -> expect(
                                    registry.promote(PRODUCTION, model, other, "bench", AUTHOR) instanceof Promotion.Moved);
                        }
                        case "resolve" -> () -> expect(registry.head().pin(PRODUCTION, model).isPresent());
                        case "list" -> () -> list(registry.head(), model);
                        default -> throw new IllegalArgumentException(operation);
                    };
            long start = System.nanoTime();
            for (int i = 0; i < times; i++) {
                once.run();
            }
            return (System.nanoTime() - start) / times;
    }

    private static Version notPinned(Revision head, ModelName model) {
        Version pinned = head.pin(PRODUCTION, model).map(Pin::version).orElseThrow();
        return head.newest(model, 2).stream().filter(each -> !each.equals(pinned)).findFirst().orElseThrow();
    }

    /** What {@code laurel versions} shows. */
    private static void list(Revision head, ModelName model) {
        List<Version> versions = head.newest(model, 50);
        for (Version version : versions) {
            expect(head.report(model, version).version().equals(version));
            expect(head.provenance(model, version).version().equals(version));
        }
    }

    private static void expect(boolean condition) {
        if (!condition) {
            throw new IllegalStateException("the registry did something else than it is measured for");
        }
    }
}
