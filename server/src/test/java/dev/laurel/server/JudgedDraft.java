package dev.laurel.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.definition.Definition;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report;
import dev.laurel.model.Decision;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.model.Window;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Predictor;
import dev.laurel.registry.outcome.Draft;
import dev.laurel.table.Table;
import dev.laurel.task.Task;
import dev.laurel.yaml.Yaml;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A candidate with a report, measured on all rows that have an answer. */
record JudgedDraft(ModelFile file, Table table, Report.@Nullable Side champion) implements Draft {
    @Override
    public ModelName model() {
        return file.definition().model();
    }

    @Override
    public byte[] modelFile() {
        return file.encode();
    }

    @Override
    public byte @Nullable [] data() {
        return null;
    }

    @Override
    public SortedMap<String, byte[]> documents(Version version) {
        return new TreeMap<>(Map.of(
                "README.md", "# %s %s\n".formatted(model(), version).getBytes(UTF_8),
                "report.yaml", Yaml.write(report(version))));
    }

    @Override
    public String summary() {
        return "for a test";
    }

    private Report report(Version version) {
        int[] rows = rows();
        Window window = new Window(table.keyOrNull(rows[0]), table.keyOrNull(rows[rows.length - 1]), rows.length);
        Metrics metrics = metrics(Predictor.decode(file)::scores);
        double[] usual = task().naive(truth());
        return new Report(
                model(),
                version,
                Showcase.PRODUCTION,
                "bundled",
                table.keyOrNull(table.rows() - 1),
                new Report.Windows(window, window, window),
                List.of(new Report.ExperimentResult(file.definition().foreseen().get(0), true, metrics)),
                new Report.Side(version, metrics),
                champion,
                metrics(vector -> usual),
                null,
                Decision.passed("for a test"));
    }

    private Task task() {
        return file.signature().task();
    }

    private int[] rows() {
        Definition definition = file.definition();
        return IntStream.range(
                        definition.warmUp(), table.rows() - definition.target().horizon())
                .toArray();
    }

    private double[] truth() {
        return Arrays.stream(rows())
                .mapToDouble(row -> file.definition().target().truth(table, row, task()))
                .toArray();
    }

    private Metrics metrics(UnaryOperator<double[]> scores) {
        return task().metrics(
                        truth(),
                        Arrays.stream(rows())
                                .mapToObj(row -> scores.apply(file.features().vector(table, row)))
                                .toArray(double[][]::new));
    }
}
