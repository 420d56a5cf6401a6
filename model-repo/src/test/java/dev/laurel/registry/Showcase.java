package dev.laurel.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.drift.Profile;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report;
import dev.laurel.model.Decision;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.Experiment;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Provenance;
import dev.laurel.model.Version;
import dev.laurel.model.Window;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A small models repository with one model, and the steps that make its history: read it first to see how the registry is used. The
 * registry does not look inside model files, so any bytes will do.
 */
record Showcase(Path bare, Registry registry) implements AutoCloseable {
    static final ModelName SPY = new ModelName("spy-direction");
    static final Environment PRODUCTION = new Environment("production");
    static final Environment STAGING = new Environment("staging");
    static final Author TRAINER = new Author("Laurel trainer", "trainer@laurel.example");
    static final Author ALICE = new Author("Alice", "alice@laurel.example");
    static final byte[] ROWS = "date,close\n2020-04-17,2874.56\n".getBytes(UTF_8);
    static final Pin.Evidence EVIDENCE = new Pin.Evidence(Metric.ACCURACY, 0.583, 0.55, 60, Digest.of(ROWS));
    static final Pin.Evidence BOOTSTRAP = new Pin.Evidence(Metric.ACCURACY, 0.583, null, 60, Digest.of(ROWS));
    static final Judge PASS = (champion, rules) ->
            new Judge.Judgement(Decision.passed("accuracy 0.5830"), champion == null ? BOOTSTRAP : EVIDENCE);
    static final Judge REJECT =
            (champion, rules) -> new Judge.Judgement(Decision.rejected(List.of("accuracy 0.5000")), EVIDENCE);

    static Showcase in(Path folder) {
        return in(folder, List.of());
    }

    /** With these models too, each defined like the first. */
    static Showcase in(Path folder, List<ModelName> others) {
        Path bare = folder.resolve("models.git");
        SortedMap<ModelName, byte[]> definitions = definitions();
        others.forEach(model -> definitions.put(model, definition(model)));
        return new Showcase(bare, Registry.create(bare, definitions, TRAINER));
    }

    /** @param retention as it stands in the definition */
    static Showcase in(Path folder, String retention) {
        Path bare = folder.resolve("models.git");
        byte[] definition =
                (new String(resource("/spy-direction.yaml"), UTF_8) + "retention: " + retention + "\n").getBytes(UTF_8);
        return new Showcase(bare, Registry.create(bare, new TreeMap<>(Map.of(SPY, definition)), TRAINER));
    }

    static SortedMap<ModelName, byte[]> definitions() {
        return new TreeMap<>(Map.of(SPY, definition(SPY)));
    }

    private static byte[] definition(ModelName model) {
        String text = new String(resource("/spy-direction.yaml"), UTF_8);
        return text.replace(SPY.toString(), model.toString()).getBytes(UTF_8);
    }

    static byte[] resource(String name) {
        try (InputStream in = Showcase.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Version v(int number) {
        return new Version(number);
    }

    /** Registers the versions up to {@code last}, each with bytes of its own. */
    Showcase withVersions(int last) {
        int registered = registry.head().newest(SPY).map(Version::number).orElse(0);
        for (int number = registered + 1; number <= last; number++) {
            registry.register(new TextDraft("model " + number), TRAINER);
        }
        return this;
    }

    Promotion promote(int version) {
        return promote(PRODUCTION, version);
    }

    Promotion promote(Environment environment, int version) {
        return registry.promote(environment, SPY, v(version), PASS, TRAINER);
    }

    Promotion promoteByHand(int version) {
        return registry.promote(PRODUCTION, SPY, v(version), "looks better on the desk", ALICE);
    }

    Promotion rollBack() {
        return registry.rollBack(PRODUCTION, SPY, null, "odd answers since noon", ALICE);
    }

    Pin pin() {
        return registry.head().pin(PRODUCTION, SPY).orElseThrow();
    }

    boolean held() {
        return registry.head().hold(PRODUCTION, SPY).isPresent();
    }

    @Override
    public void close() {
        registry.close();
    }

    /** A candidate whose model file is a text, made from one row of data. */
    record TextDraft(ModelName model, String text, @Nullable Version parent) implements Draft {
        TextDraft(ModelName model, String text) {
            this(model, text, null);
        }

        TextDraft(String text) {
            this(SPY, text);
        }

        @Override
        public byte[] modelFile() {
            return text.getBytes(UTF_8);
        }

        @Override
        public byte[] data() {
            return ROWS;
        }

        @Override
        public SortedMap<String, byte[]> documents(Version version) {
            return new TreeMap<>(Map.of(
                    "README.md", "# %s %s\n".formatted(model, version).getBytes(UTF_8),
                    "report.yaml", Yaml.write(report(version)),
                    "provenance.yaml", Yaml.write(provenance(version)),
                    "profile.yaml",
                            Yaml.write(new Profile(
                                    500, List.of(), new TreeMap<>(Map.of("UP", 0.55, "DOWN", 0.45)), null))));
        }

        private Report report(Version version) {
            Metrics metrics = metrics(EVIDENCE.challenger());
            Report.Side champion = version.number() == 1
                    ? null
                    : new Report.Side(v(version.number() - 1), metrics(EVIDENCE.champion()));
            return new Report(
                    model,
                    version,
                    PRODUCTION,
                    "a row of the bundled history",
                    "2020-04-17",
                    new Report.Windows(
                            new Window("2017-01-03", "2018-12-31", 500),
                            new Window("2019-01-03", "2019-04-01", 60),
                            new Window("2020-01-21", "2020-04-16", 60)),
                    List.of(new Report.ExperimentResult(
                            Experiment.of(Map.of("trees", 50.0, "depth", 3.0)), true, metrics)),
                    new Report.Side(version, metrics),
                    champion,
                    null,
                    Decision.passed("accuracy 0.5830"));
        }

        private static Metrics metrics(double accuracy) {
            return new Metrics(
                    60,
                    new TreeMap<>(Map.of(
                            "accuracy",
                            accuracy,
                            "precision",
                            0.6,
                            "recall",
                            0.7,
                            "f1",
                            0.65,
                            "auc",
                            0.6,
                            "log-loss",
                            0.68,
                            "brier",
                            0.24)),
                    new Metrics.Confusion(List.of("UP", "DOWN"), List.of(List.of(24, 9), List.of(16, 11))));
        }

        private Provenance provenance(Version version) {
            return new Provenance(
                    model,
                    version,
                    Digest.of(definition(model)),
                    Digest.of(ROWS),
                    "",
                    "0".repeat(40),
                    42,
                    "0.1.0",
                    "17.0.15",
                    "Linux 6.1",
                    "amd64",
                    new TreeMap<>(),
                    Instant.EPOCH,
                    Instant.EPOCH,
                    parent);
        }

        @Override
        public String summary() {
            return "accuracy 0.5833 on 60 rows";
        }
    }
}
