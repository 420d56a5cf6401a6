package dev.laurel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.model.Decision;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.Experiment;
import dev.laurel.evaluation.Metrics;
import dev.laurel.model.ModelName;
import dev.laurel.drift.Profile;
import dev.laurel.model.Provenance;
import dev.laurel.evaluation.Report;
import dev.laurel.model.Version;
import dev.laurel.model.Window;
import dev.laurel.registry.outcome.Draft;
import dev.laurel.yaml.Yaml;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/** A candidate as the trainer makes it, but for the plots of its card; its model file is of random bytes where none is given. */
final class BenchDraft implements Draft {
    private static final byte[] ROWS = "date,close\n2020-04-17,2874.56\n".getBytes(UTF_8);

    private final ModelName model;
    private final byte[] modelFile;

    BenchDraft(ModelName model, int size) {
        this(model, new byte[size]);
        ThreadLocalRandom.current().nextBytes(modelFile);
    }

    /** Takes the bytes as they are. */
    BenchDraft(ModelName model, byte[] modelFile) {
        this.model = model;
        this.modelFile = modelFile;
    }

    @Override
    public ModelName model() {
        return model;
    }

    @Override
    public byte[] modelFile() {
        return modelFile.clone();
    }

    @Override
    public byte[] data() {
        return ROWS.clone();
    }

    @Override
    public SortedMap<String, byte[]> documents(Version version) {
        return new TreeMap<>(Map.of(
                "README.md", "# %s %s\n".formatted(model, version).getBytes(UTF_8),
                "report.yaml", Yaml.write(report(version)),
                "provenance.yaml", Yaml.write(provenance(version)),
                "profile.yaml", Yaml.write(new Profile(500, List.of(), new TreeMap<>(Map.of("UP", 0.55, "DOWN", 0.45)), null))));
    }

    private Report report(Version version) {
        Metrics metrics = new Metrics(
                60,
                new TreeMap<>(Map.of(
                        "accuracy", 0.583, "precision", 0.6, "recall", 0.7, "f1", 0.65, "auc", 0.6, "log-loss", 0.68,
                        "brier", ThreadLocalRandom.current().nextDouble())),
                new Metrics.Confusion(List.of("UP", "DOWN"), List.of(List.of(24, 9), List.of(16, 11))));
        return new Report(
                model,
                version,
                new Environment("production"),
                "a row of the bundled history",
                "2020-04-17",
                new Report.Windows(
                        new Window("2017-01-03", "2018-12-31", 500),
                        new Window("2019-01-03", "2019-04-01", 60),
                        new Window("2020-01-21", "2020-04-16", 60)),
                List.of(new Report.ExperimentResult(Experiment.of(Map.of("trees", 50.0, "depth", 3.0)), true, metrics)),
                new Report.Side(version, metrics),
                version.number() == 1 ? null : new Report.Side(new Version(version.number() - 1), metrics),
                null,
                null,
                Decision.passed("accuracy 0.5830"));
    }

    private Provenance provenance(Version version) {
        return new Provenance(
                model,
                version,
                Digest.of(modelFile),
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
                Instant.EPOCH);
    }

    @Override
    public String summary() {
        return "accuracy 0.5830 on 60 rows";
    }
}
