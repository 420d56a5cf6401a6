package dev.laurel.run;

import dev.laurel.definition.Definition;
import dev.laurel.evaluation.Report;
import dev.laurel.judge.DocumentDifference;
import dev.laurel.model.Digest;
import dev.laurel.model.Expect;
import dev.laurel.model.Experiment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Provenance;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.predictor.InvalidModelFileException;
import dev.laurel.predictor.ModelFile;
import dev.laurel.program.Reason;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.view.Revision;
import dev.laurel.search.Effort;
import dev.laurel.search.SearchOutcome;
import dev.laurel.source.Shape;
import dev.laurel.source.TableCsv;
import dev.laurel.split.Sides;
import dev.laurel.table.Table;
import dev.laurel.yaml.InvalidDocumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Trains a version again, from its recorded definition with the seed, and its kept rows: the whole search, since the choice of the
 * experiment is a part of what is claimed. The source is not asked, and nothing is written.
 */
public final class Reproducer {
    private final Registry registry;
    private final Revision revision;
    private final ModelName model;
    private final Version version;
    private final Progress progress;
    private final VersionRecord record;
    private final Report report;
    private final Provenance provenance;

    /** @throws RegistryException when there is no such version at that revision */
    public Reproducer(Registry registry, Revision revision, ModelName model, Version version, Progress progress) {
        expectInTheTree(revision, model, version);
        this.registry = registry;
        this.revision = revision;
        this.model = model;
        this.version = version;
        this.progress = progress;
        this.record = revision.record(model, version);
        this.report = revision.report(model, version);
        this.provenance = revision.provenance(model, version);
    }

    /** Numbers have no gaps: one that is missing below the newest was there once. */
    private static void expectInTheTree(Revision revision, ModelName model, Version version) {
        if (!revision.versions(model).contains(version)
                && revision.newest(model)
                        .filter(newest -> newest.compareTo(version) > 0)
                        .isPresent()) {
            throw new RegistryException(
                    "%s of %s: taken out of the tree by retention (expected: a version that stands there, such as `laurel versions %s` lists)"
                            .formatted(version, model, model));
        }
    }

    /** @throws RegistryException when its rows were not kept on purpose, or its definition is nowhere to be found */
    public Reproduction reproduce() {
        Content data = record.data();
        if (data == null) {
            throw new RegistryException(
                    "rows of %s: not kept, as its definition asked for, so that it cannot be trained again"
                            .formatted(version));
        }
        byte[] csv;
        try {
            csv = registry.fetch(data.digest(), data.size());
        } catch (RegistryException e) {
            RegistryException.passOutage(e);
            return result(null, List.of("data: " + e.getMessage()));
        }
        ModelFile recorded = recorded();
        try {
            SearchOutcome search = train(recorded == null ? committed() : recorded.definition(), csv);
            ModelFile file = search.modelFile();
            Digest made = Digest.of(file.encode());
            return result(
                    made,
                    made.equals(record.modelFile().digest())
                            ? List.of()
                            : reasons(data, search.chosen(), recorded, file));
        } catch (InvalidDocumentException | InvalidValueException e) {
            return result(null, List.of("data: nothing can be trained from it: " + Reason.of(e)));
        }
    }

    private Reproduction result(@Nullable Digest made, List<String> reasons) {
        return new Reproduction(model, version, record.modelFile().digest(), made, reasons);
    }

    /** Null when it cannot be read; the digest that it has to have stands in the record all the same. */
    private @Nullable ModelFile recorded() {
        try {
            return ModelFile.decode(registry.fetch(
                    record.modelFile().digest(), record.modelFile().size()));
        } catch (RegistryException | InvalidModelFileException e) {
            RegistryException.passOutage(e);
            progress.line(
                    "the model file cannot be read, so the definition is taken from the history: " + Reason.of(e));
            return null;
        }
    }

    private Definition committed() {
        return revision.definition(model, provenance.definition())
                .orElseThrow(() -> new RegistryException(
                        "definition of %s: %s (expected: in its model file, or in the history of main)"
                                .formatted(version, provenance.definition())));
    }

    private SearchOutcome train(Definition definition, byte[] csv) {
        Table table = TableCsv.read(csv, "rows of " + version, Shape.of(definition));
        definition
                .split()
                .neededRows(definition.warmUp(), definition.target().horizon())
                .ifPresent(needed -> Expect.that(
                        table.rows() == needed, "rows of " + version, table.rows(), needed + ", after its definition"));
        Sides sides = definition.sides(table);
        progress.line("%s %s: training on %s, seed %s"
                .formatted(model, version, Report.Windows.window(sides.training(), table), definition.seed()));
        Metric metric = definition.gate().metric();
        return SearchOutcome.run(
                definition, table, sides, effort(definition), result -> progress.line(Narration.text(result, metric)));
    }

    /** Where the clock ended the search, the trials that the report lists. */
    private Effort effort(Definition definition) {
        return definition.search() == null || definition.search().minutes() == null
                ? Effort.full()
                : Effort.full().trials(report.experiments().size());
    }

    private List<String> reasons(Content data, Experiment chosen, @Nullable ModelFile recorded, ModelFile made) {
        List<String> reasons = new ArrayList<>();
        expect(reasons, "data", provenance.data(), data.digest());
        expect(reasons, "seed", provenance.seed(), made.definition().seed());
        expect(reasons, "experiment", report.chosen(), chosen);
        if (revision.definition(model, provenance.definition())
                .filter(made.definition()::equals)
                .isEmpty()) {
            reasons.add("definition: the one of %s did not stand on main as the model file has it"
                    .formatted(provenance.definition()));
        }
        for (DocumentDifference difference : DocumentDifference.between(Platform.of(provenance), Platform.here())) {
            expect(reasons, difference.path(), difference.from(), difference.to());
        }
        if (reasons.isEmpty()) {
            reasons.add("nothing that is recorded differs: this training does not give the same bytes each time");
        }
        if (recorded != null) {
            members(reasons, recorded, made);
        }
        return reasons;
    }

    /** Which parts of the two model files are others. */
    private static void members(List<String> reasons, ModelFile recorded, ModelFile made) {
        expect(reasons, "signature", recorded.signature(), made.signature());
        expect(reasons, "fitted state", recorded.fitted(), made.fitted());
        DocumentDifference.between(recorded.profile(), made.profile()).stream()
                .findFirst()
                .ifPresent(first -> expect(reasons, "profile: " + first.path(), first.from(), first.to()));
        int at = Arrays.mismatch(recorded.predictor(), made.predictor());
        if (at >= 0) {
            reasons.add("predictor: %s bytes, recorded were %s; the first that differs is at %s"
                    .formatted(made.predictor().length, recorded.predictor().length, at));
        }
    }

    private static void expect(List<String> reasons, String thing, @Nullable Object recorded, @Nullable Object here) {
        if (!Objects.equals(recorded, here)) {
            reasons.add("%s: %s, recorded was %s".formatted(thing, here, recorded));
        }
    }
}
