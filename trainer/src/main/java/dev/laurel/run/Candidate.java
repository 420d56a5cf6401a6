package dev.laurel.run;

import dev.laurel.card.Card;
import dev.laurel.card.EvaluationPlot;
import dev.laurel.definition.Definition;
import dev.laurel.drift.Profile;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report;
import dev.laurel.evaluation.Report.ExperimentResult;
import dev.laurel.feature.FittedState;
import dev.laurel.judge.Challenge;
import dev.laurel.judge.Comparison;
import dev.laurel.model.Environment;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Provenance;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.registry.Draft;
import dev.laurel.registry.Revision;
import dev.laurel.search.KeptTrials;
import dev.laurel.task.Predictions;
import dev.laurel.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The best experiment of a run with all that is known about it, on its way to become a version.
 *
 * @param base the registry that the run started from
 * @param trials of the search, to be forgotten once its outcome stands
 * @param challenger what the decoded model file said about the evaluation rows
 * @param naive what answers without a model come to on the same rows
 * @param challenge for the gate; {@code comparison} is its outcome against the champion of {@code base}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Candidate(
        Definition definition,
        Revision base,
        Environment environment,
        RunRows rows,
        KeptTrials trials,
        List<ExperimentResult> experiments,
        Profile profile,
        FittedState fitted,
        byte[] modelFile,
        Predictions challenger,
        Metrics naive,
        Challenge challenge,
        Comparison comparison,
        Instant startedAt,
        Instant trainedAt)
        implements Draft {

    @Override
    public ModelName model() {
        return definition.model();
    }

    @Override
    public byte[] data() {
        return rows.csv();
    }

    @Override
    public SortedMap<String, byte[]> documents(Version version) {
        Report report = report(version);
        Provenance provenance = provenance(version);
        var card = new Card(definition, report, fitted, provenance, VersionRecord.Content.of(modelFile));
        var plot = new EvaluationPlot(definition.gate().metric(), report, challenger, comparison.champion());
        SortedMap<String, byte[]> documents = new TreeMap<>();
        documents.put("report.yaml", Yaml.write(report));
        documents.put("provenance.yaml", Yaml.write(provenance));
        documents.put("profile.yaml", Yaml.write(profile));
        documents.put("README.md", card.markdown().getBytes(StandardCharsets.UTF_8));
        documents.put(Card.PLOT, plot.svg().getBytes(StandardCharsets.UTF_8));
        return documents;
    }

    Report report(Version version) {
        Comparison.Champion champion = comparison.champion();
        return new Report(
                model(),
                version,
                environment,
                rows.notes().isBlank() ? rows.origin() : rows.origin() + "; " + rows.notes(),
                rows.clock(),
                Report.Windows.of(rows.sides(), rows.table()),
                experiments,
                new Report.Side(version, challenger.metrics()),
                champion == null
                        ? null
                        : new Report.Side(
                                champion.version(), champion.predictions().metrics()),
                naive,
                comparison.decision());
    }

    private Provenance provenance(Version version) {
        Platform platform = Platform.here();
        return new Provenance(
                model(),
                version,
                base.definitionDigest(model()),
                rows.digest(),
                rows.notes(),
                base.commit(),
                definition.seed(),
                platform.laurel(),
                platform.java(),
                platform.os(),
                platform.architecture(),
                platform.libraries(),
                startedAt,
                trainedAt);
    }

    @Override
    public String summary() {
        Metric metric = definition.gate().metric();
        return String.format(
                Locale.ROOT,
                "%s %.4f on %s rows",
                metric,
                challenger.metrics().get(metric),
                challenger.metrics().rows());
    }
}
