package dev.laurel.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.definition.Definition;
import dev.laurel.drift.Profiles;
import dev.laurel.evaluation.Report;
import dev.laurel.feature.FittedFeatures;
import dev.laurel.follow.Supply;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.predictor.Compiled;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Predictor;
import dev.laurel.predictor.PredictorFormat;
import dev.laurel.predictor.Signature;
import dev.laurel.predictor.Trees;
import dev.laurel.predictor.Trees.Node;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.Draft;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.view.Author;
import dev.laurel.registry.view.Revision;
import dev.laurel.source.RowStore;
import dev.laurel.table.Table;
import dev.laurel.task.Task;
import dev.laurel.yaml.Yaml;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A models repository in a folder, small forests that were really trained, and a server over both: read it first to see how a server is put
 * together and asked. Long since all tests of a server share it.
 */
final class Showcase implements AutoCloseable {
    static final ModelName SPY = new ModelName("spy-direction");
    /** One of three labels; rows without keys. */
    static final ModelName PETALS = new ModelName("petals");
    /** A value, of words and numbers, some of which are missing. */
    static final ModelName RENT = new ModelName("rent");

    static final Environment PRODUCTION = new Environment("production");
    static final Author ALICE = new Author("Alice", "alice@laurel.example");

    private static final int TRAINING_ROWS = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    final Path folder;
    final Registry registry;
    final RowStore rows;
    private final HttpClient client = HttpClient.newHttpClient();
    private PredictionServer server;

    private Showcase(Path folder, Registry registry) {
        this.folder = folder;
        this.registry = registry;
        this.rows = new RowStore(folder.resolve("cache"), true, Clock.systemUTC(), data(folder));
    }

    static Showcase in(Path folder, ModelName... models) {
        SortedMap<ModelName, byte[]> definitions = new TreeMap<>();
        for (ModelName model : models.length == 0 ? new ModelName[] {SPY} : models) {
            definitions.put(model, definitionText(model));
        }
        return new Showcase(folder, Registry.create(folder.resolve("models.git"), definitions, ALICE));
    }

    /** Another one of the same registry, for a server of its own. */
    Showcase beside() {
        return new Showcase(folder, Registry.open(folder.resolve("models.git")));
    }

    Showcase serving() {
        return serving(Map.of());
    }

    Showcase serving(Map<String, HttpServlet> servlets) {
        server = PredictionServer.start(new ServerSettings("127.0.0.1", 0, PRODUCTION), registry, rows, servlets);
        return this;
    }

    Showcase serving(ServerSettings settings) {
        return serving(settings, Map.of());
    }

    Showcase serving(ServerSettings settings, Map<String, HttpServlet> servlets) {
        server = PredictionServer.start(settings, registry, rows, servlets);
        return this;
    }

    Showcase serving(Supply supply) {
        server = PredictionServer.start(new ServerSettings("127.0.0.1", 0, PRODUCTION), supply, rows, Map.of());
        return this;
    }

    /** A server of which the environment says more. */
    Showcase servingWith(Map<String, String> variables) {
        return serving(new ServerSettings("127.0.0.1", 0, PRODUCTION, null, "", variables));
    }

    /** A server that follows the one pin in a file. */
    Showcase serving(Path pinFile) {
        server = PredictionServer.start(
                new ServerSettings("127.0.0.1", 0, PRODUCTION, pinFile, ""), registry, rows, Map.of());
        return this;
    }

    PredictionServer server() {
        return server;
    }

    static Definition definition(ModelName model) {
        return Yaml.read(definitionText(model), "model.yaml", Definition.class);
    }

    /** Its own, or that of the S&P 500 under its name. */
    private static byte[] definitionText(ModelName model) {
        String own = "/" + model + ".yaml";
        String name = Showcase.class.getResource(own) == null ? "/spy-direction.yaml" : own;
        return new String(resource(name), UTF_8)
                .replace("spy-direction", model.value())
                .getBytes(UTF_8);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Showcase.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path data(Path folder) {
        try {
            Path data = Files.createDirectories(folder.resolve("data"));
            Files.write(data.resolve("rent.csv"), resource("/rent.csv"));
            return data;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A forest on the newest rows; every seed gives another one. */
    ModelFile train(ModelName model, long seed) {
        Definition definition = definition(model);
        Table table = table(model);
        int last = table.rows() - definition.target().horizon();
        int[] training = IntStream.range(Math.max(definition.warmUp(), last - TRAINING_ROWS), last)
                .toArray();
        Task task = definition.target().task(table, training);
        FittedFeatures features = FittedFeatures.fit(definition.features(), definition.fillings(), table, training);
        Table filled = features.filled(table);
        double[][] vectors = IntStream.of(training)
                .mapToObj(row -> features.vector(filled, row))
                .toArray(double[][]::new);
        double[] truth = IntStream.of(training)
                .mapToDouble(row -> definition.target().truth(table, row, task))
                .toArray();
        Signature signature = Signature.of(definition, table, features.outputs(), task);
        Random random = new Random(seed);
        int[] all = IntStream.range(0, training.length).toArray();
        List<Node> trees = IntStream.range(0, 7)
                .mapToObj(tree -> grow(vectors, truth, task, all, 4, random))
                .toList();
        Compiled compiled = Trees.of(signature.features().size(), task.outputs(), trees);
        Predictor predictor = Predictor.of(signature, compiled);
        return new ModelFile(
                definition,
                signature,
                features.state(),
                Profiles.of(
                        signature.features(),
                        features.outputsOfNumbers(),
                        vectors,
                        task,
                        truth,
                        signature.columnNames().stream()
                                .map(column -> Profiles.column(table, column, training))
                                .toList(),
                        Arrays.stream(vectors)
                                .map(vector -> predictor.answer(vector, Predictor.USUAL_THRESHOLD))
                                .toList()),
                PredictorFormat.encode(compiled));
    }

    /** A tree that splits where chance will have it, as an extremely randomised one does. */
    private static Node grow(double[][] vectors, double[] truth, Task task, int[] rows, int depth, Random random) {
        int feature = random.nextInt(vectors[0].length);
        double threshold = vectors[rows[random.nextInt(rows.length)]][feature];
        int[] less = Arrays.stream(rows)
                .filter(row -> vectors[row][feature] <= threshold)
                .toArray();
        int[] more = Arrays.stream(rows)
                .filter(row -> vectors[row][feature] > threshold)
                .toArray();
        if (depth == 0 || more.length == 0) {
            // The shares of the labels, or the mean.
            double[] usual = task.naive(
                    Arrays.stream(rows).mapToDouble(row -> truth[row]).toArray());
            return new Node.Leaf(Arrays.stream(usual).boxed().toList());
        }
        return new Node.Split(
                feature,
                threshold,
                grow(vectors, truth, task, less, depth - 1, random),
                grow(vectors, truth, task, more, depth - 1, random));
    }

    Table table() {
        return table(SPY);
    }

    Table table(ModelName model) {
        return rows.rows(definition(model)).table();
    }

    /** The confidence that a version has to give for the newest row, computed without the server. */
    double confidence(ModelFile file) {
        Table table = table();
        double[] vector = file.features().vector(table, table.rows() - 1);
        return Predictor.decode(file).scores(vector)[0];
    }

    ModelFile register(long seed) {
        ModelFile file = train(SPY, seed);
        register(SPY, file.encode());
        return file;
    }

    /** A version that would read its rows from another source. */
    void registerWithSource(long seed, String source) {
        ModelFile file = train(SPY, seed);
        String text = new String(definitionText(SPY), UTF_8).replaceFirst("source: .*", "source: " + source);
        Definition definition = Yaml.read(text.getBytes(UTF_8), "model.yaml", Definition.class);
        register(
                SPY,
                new ModelFile(definition, file.signature(), file.fitted(), file.profile(), file.predictor()).encode());
    }

    Version register(ModelName model, byte[] file) {
        return registry.register(new BytesDraft(model, file), ALICE).version();
    }

    /** Trains, registers and promotes the next version. */
    ModelFile champion(long seed) {
        ModelFile file = register(seed);
        promote(registry.head().newest(SPY).orElseThrow().number());
        return file;
    }

    /** Trains, registers and promotes the first version of a model. */
    ModelFile champion(ModelName model, long seed) {
        ModelFile file = train(model, seed);
        register(model, file.encode());
        promote(model, 1);
        return file;
    }

    /** Trains, registers with a report, and promotes the next version of any of the models. */
    ModelFile judged(ModelName model, long seed) {
        ModelFile file = train(model, seed);
        Revision head = registry.head();
        Report.Side champion = head.pin(PRODUCTION, model)
                .map(pin -> head.report(model, pin.version()).challenger())
                .orElse(null);
        promote(
                model,
                registry.register(new JudgedDraft(file, table(model), champion), ALICE)
                        .version()
                        .number());
        return file;
    }

    /** The commit. */
    String promote(int version) {
        return promote(SPY, version);
    }

    String promote(ModelName model, int version) {
        Promotion promotion = registry.promote(PRODUCTION, model, new Version(version), "asked for", ALICE);
        return ((Promotion.Moved) promotion).commit();
    }

    /** Promotes v1 for a reason of one's own. */
    void promoteFor(String reason) {
        registry.promote(PRODUCTION, SPY, new Version(1), reason, ALICE);
    }

    /** Back to the champion before. */
    Promotion rollBack() {
        return registry.rollBack(PRODUCTION, SPY, null, "odd answers", ALICE);
    }

    /** A pin of that version as the registry would write it. */
    Pin pinOf(int version) {
        VersionRecord record = registry.head().record(SPY, new Version(version));
        VersionRecord.Content file = record.modelFile();
        Digest digest = Digest.of(Yaml.write(record));
        return new Pin(SPY, record.version(), file.digest(), file.size(), digest, null, Pin.By.PERSON, "by hand", null);
    }

    /** Puts a pin there as somebody could who writes to the repository's folder, past every check. */
    void pinByHand(String text) {
        Path clone = folder.resolve("clone");
        git(folder, "clone", "--quiet", "models.git", clone.toString());
        try {
            Files.writeString(clone.resolve("environments/production/spy-direction/champion.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git(clone, "commit", "--quiet", "-am", "Pin by hand");
        git(clone, "push", "--quiet");
    }

    /** Adds rules by which live traffic decides to the definition: a canary of 10 %. */
    void judgeByLiveTraffic() {
        Path clone = folder.resolve("rules");
        git(folder, "clone", "--quiet", "models.git", clone.toString());
        Path definition = clone.resolve("models/spy-direction/model.yaml");
        try {
            String text = Files.readString(definition);
            String rules = "gate: {live: {mode: canary, share: 10, minimum_answers: 10, minimum_seconds: 0,"
                    + " extra_errors: 0, p99_factor: 50}, ";
            Files.writeString(definition, text.replace("gate: {", rules));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git(clone, "commit", "--quiet", "-am", "Judge by live traffic");
        git(clone, "push", "--quiet");
    }

    void git(Path at, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=Alice", "-c", "user.email=alice@laurel.example"));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(at.toFile()).redirectErrorStream(true);
            builder.environment().putAll(Map.of("GIT_CONFIG_NOSYSTEM", "1", "HOME", folder.toString()));
            Process git = builder.start();
            String output = new String(git.getInputStream().readAllBytes(), UTF_8);
            assertThat(git.waitFor()).as("%s printed: %s", command, output).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where the bytes of a model file are kept. */
    Path lfsObject(Digest digest) {
        String hex = digest.hex();
        return folder.resolve("models.git/lfs/objects")
                .resolve(hex.substring(0, 2))
                .resolve(hex.substring(2, 4))
                .resolve(hex);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    /** @param headers names and values in turn */
    HttpResponse<String> post(String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body));
        return send((headers.length == 0 ? request : request.headers(headers)).build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode json(String path) {
        return json(get(path));
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        registry.close();
    }

    /** A candidate as bytes. */
    record BytesDraft(ModelName model, byte[] modelFile) implements Draft {
        @Override
        public byte[] data() {
            return null;
        }

        @Override
        public SortedMap<String, byte[]> documents(Version version) {
            return new TreeMap<>(Map.of("README.md", ("# " + model + " " + version + "\n").getBytes(UTF_8)));
        }

        @Override
        public String summary() {
            return "for a test";
        }
    }
}
