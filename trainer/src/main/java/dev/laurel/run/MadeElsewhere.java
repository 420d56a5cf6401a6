package dev.laurel.run;

import dev.laurel.card.Card;
import dev.laurel.card.EvaluationPlot;
import dev.laurel.definition.Definition;
import dev.laurel.drift.Profile;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report;
import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.judge.Challenge;
import dev.laurel.judge.Comparison;
import dev.laurel.judge.Contender;
import dev.laurel.model.Decision;
import dev.laurel.model.Digest;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Provenance;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.model.Window;
import dev.laurel.predictor.InvalidModelFileException;
import dev.laurel.predictor.ModelFile;
import dev.laurel.registry.Draft;
import dev.laurel.registry.Registry;
import dev.laurel.registry.Revision;
import dev.laurel.source.Shape;
import dev.laurel.source.TableCsv;
import dev.laurel.split.Sides;
import dev.laurel.table.Table;
import dev.laurel.task.Predictions;
import dev.laurel.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model that was made elsewhere, checked as one that is trained here, on its way to become a version. With its rows it is measured anew
 * and judged against the champion of this registry; without them its report is believed, and nothing is said about a champion.
 */
public final class MadeElsewhere implements Draft {
    private static final String UNKNOWN = "unknown";
    /** Reports of other machines may differ in the last digits. */
    private static final double SAME = 1e-9;

    private final Registry registry;
    private final Definition definition;
    private final Given file;
    private final ModelFile modelFile;
    private final Report report;
    private final Provenance provenance;
    private final @Nullable Given data;
    private @Nullable Predictions challenger;
    private Comparison comparison = new Comparison(
            null,
            Decision.rejected(List.of("not judged: the model was made elsewhere and registered without its rows")));

    /** A file by the name that its owner gave it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Given(String name, byte[] bytes) {}

    /**
     * @param provenance absent when there is none; then the rows are needed, of which at least the digest is known
     * @param data the rows of the run, as they were kept; absent when they were not
     * @throws InvalidValueException when one of them is not what it has to be, or they do not fit each other
     * @throws dev.laurel.yaml.InvalidDocumentException when a document cannot be read
     */
    public MadeElsewhere(
            Registry registry,
            ModelName model,
            Given file,
            Given report,
            @Nullable Given provenance,
            @Nullable Given data) {
        this.registry = registry;
        this.file = file;
        this.data = data;
        Revision head = registry.head();
        this.definition = head.definition(model);
        this.modelFile = decoded(file);
        expectSame(file.name, "model", modelFile.definition().model(), model);
        expectSame(file.name, "target", modelFile.definition().target(), definition.target());
        Contender contender = contender(modelFile, file.name);
        this.report = Yaml.read(report.bytes, report.name, Report.class);
        expectSame(report.name, "model", this.report.model(), model);
        this.provenance = provenance == null ? unknownProvenance(head) : provenance(provenance);
        if (data != null) {
            measure(contender, report.name, data, head);
        }
    }

    private static ModelFile decoded(Given file) {
        Expect.that(
                LfsPointer.parse(file.bytes).isEmpty(),
                file.name,
                "a Git LFS pointer",
                "the bytes of the model file; `git lfs pull -I '*' -X ''` fetches them");
        try {
            return ModelFile.decode(file.bytes);
        } catch (InvalidModelFileException e) {
            throw new InvalidValueException(file.name, String.valueOf(e.getMessage()), "a model file of Laurel's");
        }
    }

    /** The model as it would be served, after it has answered once. */
    private static Contender contender(ModelFile modelFile, String name) {
        try {
            Contender contender = Contender.of(modelFile);
            double[] means = modelFile.profile().features().stream()
                    .mapToDouble(Profile.Distribution::mean)
                    .toArray();
            modelFile.signature().task().expectScores(contender.predictor().scores(means));
            return contender;
        } catch (InvalidModelFileException e) {
            throw new InvalidValueException(name, String.valueOf(e.getMessage()), "a model file of Laurel's");
        }
    }

    private static void expectSame(String file, String thing, Object actual, Object expected) {
        Expect.that(actual.equals(expected), file + ": " + thing, actual, expected.toString());
    }

    private Provenance provenance(Given given) {
        Provenance read = Yaml.read(given.bytes, given.name, Provenance.class);
        expectSame(given.name, "model", read.model(), definition.model());
        if (data != null) {
            Digest rows = Digest.of(data.bytes);
            Expect.that(
                    read.data().equals(rows),
                    given.name + ": data",
                    read.data(),
                    "%s, that of %s".formatted(rows, data.name));
        }
        return read;
    }

    /** What is known without one; it says itself that it is little. */
    private Provenance unknownProvenance(Revision head) {
        if (data == null) {
            throw new InvalidValueException("--provenance", "missing", "a provenance.yaml, or the rows by --data");
        }
        Instant now = Instant.now();
        return new Provenance(
                definition.model(),
                report.version(),
                Digest.of(Yaml.write(modelFile.definition())),
                Digest.of(data.bytes),
                "made elsewhere, without a provenance; the times are those of the registration",
                head.commit(),
                modelFile.definition().seed(),
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                new TreeMap<>(),
                now,
                now);
    }

    /** Lets the model answer for its evaluation rows, and so does the champion of this registry. */
    private void measure(Contender contender, String reportName, Given rows, Revision head) {
        Definition own = contender.definition();
        Table table = TableCsv.read(rows.bytes, rows.name, Shape.of(own));
        Window window = report.windows().evaluation();
        Sides sides = own.sides(table);
        int[] evaluation = sides.evaluation();
        Expect.that(
                Report.Windows.window(evaluation, table).equals(window),
                rows.name + ": evaluation rows",
                Report.Windows.window(evaluation, table),
                window + ", as in the report");
        contender
                .obstacle(contender, report.windows().validation(), table, evaluation)
                .ifPresent(obstacle -> {
                    throw new InvalidValueException(
                            reportName + ": windows", obstacle, "evaluation rows that it did not learn from");
                });
        Challenge challenge = Challenge.of(registry, file.bytes, table, sides, Digest.of(rows.bytes));
        expectMetrics(
                reportName, challenge.answers().metrics(), report.challenger().metrics());
        challenger = challenge.answers();
        comparison = challenge.against(
                head.pin(report.environment(), definition.model()).orElse(null), definition);
    }

    private static void expectMetrics(String reportName, Metrics measured, Metrics reported) {
        measured.known().forEach((metric, expected) -> {
            double actual = reported.get(metric);
            Expect.that(
                    Math.abs(actual - expected) <= SAME || (Double.isNaN(actual) && Double.isNaN(expected)),
                    reportName + ": " + metric,
                    actual,
                    expected + ", as measured on the rows; is it the report of this model file?");
        });
    }

    @Override
    public ModelName model() {
        return definition.model();
    }

    @Override
    public byte[] modelFile() {
        return file.bytes;
    }

    @Override
    public byte @Nullable [] data() {
        return data == null ? null : data.bytes;
    }

    @Override
    public SortedMap<String, byte[]> documents(Version version) {
        Report numbered = report(version);
        Provenance from = provenance(version);
        String card =
                new Card(modelFile.definition(), numbered, modelFile.fitted(), from, Content.of(file.bytes)).markdown();
        SortedMap<String, byte[]> documents = new TreeMap<>();
        documents.put("report.yaml", Yaml.write(numbered));
        documents.put("provenance.yaml", Yaml.write(from));
        documents.put("profile.yaml", Yaml.write(modelFile.profile()));
        Predictions measured = challenger;
        if (measured != null) {
            String plot =
                    new EvaluationPlot(definition.gate().metric(), numbered, measured, comparison.champion()).svg();
            documents.put(Card.PLOT, plot.getBytes(StandardCharsets.UTF_8));
        } else {
            // Nothing was measured here that could be drawn.
            card = card.lines()
                    .filter(line -> !line.endsWith("(" + Card.PLOT + ")"))
                    .collect(Collectors.joining("\n", "", "\n"));
        }
        documents.put("README.md", card.getBytes(StandardCharsets.UTF_8));
        return documents;
    }

    /** As it was given, with the number that the version has here and what is known about it here. */
    public Report report(Version version) {
        Comparison.Champion champion = comparison.champion();
        return new Report(
                report.model(),
                version,
                report.environment(),
                report.source(),
                report.clock(),
                report.windows(),
                report.experiments(),
                new Report.Side(version, report.challenger().metrics()),
                champion == null
                        ? null
                        : new Report.Side(
                                champion.version(), champion.predictions().metrics()),
                report.naive(),
                comparison.decision());
    }

    private Provenance provenance(Version version) {
        return new Provenance(
                provenance.model(),
                version,
                provenance.definition(),
                provenance.data(),
                provenance.dataNotes(),
                provenance.commit(),
                provenance.seed(),
                provenance.laurel(),
                provenance.java(),
                provenance.os(),
                provenance.architecture(),
                provenance.libraries(),
                provenance.startedAt(),
                provenance.trainedAt());
    }

    @Override
    public String summary() {
        Metric metric = definition.gate().metric();
        Metrics metrics = report.challenger().metrics();
        return String.format(
                Locale.ROOT, "%s %.4f on %d rows, made elsewhere", metric, metrics.get(metric), metrics.rows());
    }
}
