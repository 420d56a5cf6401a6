package dev.laurel.judge;

import dev.laurel.definition.Definition;
import dev.laurel.evaluation.Churn;
import dev.laurel.evaluation.Report;
import dev.laurel.feature.Feature;
import dev.laurel.judge.VersionDiff.Side;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Provenance;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.model.Window;
import dev.laurel.predictor.InvalidModelFileException;
import dev.laurel.program.Reason;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryException;
import dev.laurel.registry.Revision;
import dev.laurel.source.Shape;
import dev.laurel.source.TableCsv;
import dev.laurel.table.Table;
import dev.laurel.task.Predictions;
import dev.laurel.yaml.InvalidDocumentException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a {@link VersionDiff}: reads both versions, and lets both answer for the rows that the newer one was evaluated on. */
final class VersionComparison {
    /** These always differ, or say no more than another one that does. */
    private static final Set<String> UNINTERESTING = Set.of("model", "version", "started_at");

    private final Registry registry;
    private final Revision revision;
    private final Stored from;
    private final Stored to;

    VersionComparison(Registry registry, Revision revision, ModelName model, Version from, Version to) {
        this.registry = registry;
        this.revision = revision;
        this.from = new Stored(model, from);
        this.to = new Stored(model, to);
    }

    VersionDiff diff() {
        try {
            Stored newer = from.version.compareTo(to.version) > 0 ? from : to;
            Stored older = newer == from ? to : from;
            Kept kept = newer.keptRows();
            Contender contender = newer.contender();
            Optional<String> obstacle =
                    older.contender().obstacle(contender, older.learned(), kept.table, kept.evaluation);
            if (obstacle.isPresent()) {
                return apart("%s cannot be measured on the rows of %s: %s"
                        .formatted(older.version, newer.version, obstacle.get()));
            }
            Predictions before = from.contender().predictions(kept.table, kept.evaluation);
            Predictions after = to.contender().predictions(kept.table, kept.evaluation);
            return diff(
                    Report.Windows.window(kept.evaluation, kept.table),
                    null,
                    MetricRow.together(before, after),
                    before.churn(after));
        } catch (CannotMeasureException | InvalidValueException e) {
            return apart(Reason.of(e));
        }
    }

    private VersionDiff apart(@Nullable String why) {
        return diff(
                null,
                why,
                MetricRow.apart(
                        from.report.challenger().metrics(),
                        to.report.challenger().metrics()),
                null);
    }

    private VersionDiff diff(
            @Nullable Window rows, @Nullable String apart, List<MetricRow> metrics, @Nullable Churn churn) {
        return new VersionDiff(
                from.model, from.side(), to.side(), rows, apart, metrics, churn, definition(), provenance());
    }

    private @Nullable List<DocumentDifference> definition() {
        if (from.provenance.definition().equals(to.provenance.definition())) {
            return List.of();
        }
        Optional<Definition> before = from.definition();
        Optional<Definition> after = to.definition();
        return before.isPresent() && after.isPresent() ? DocumentDifference.between(before.get(), after.get()) : null;
    }

    private List<DocumentDifference> provenance() {
        return DocumentDifference.between(from.provenance, to.provenance).stream()
                .filter(difference -> !UNINTERESTING.contains(difference.path()))
                .toList();
    }

    /** The rows of a version, and which of them it was evaluated on. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(Table table, int[] evaluation) {}

    /** A version with what is stored of it. */
    private final class Stored {
        private final ModelName model;
        private final Version version;
        private final VersionRecord record;
        private final Report report;
        private final Provenance provenance;
        private @Nullable Contender contender;

        Stored(ModelName model, Version version) {
            this.model = model;
            this.version = version;
            // What left the tree is still told by the commit before.
            Revision there = revision.departure(model, version)
                    .map(departure -> registry.at(departure.last()))
                    .orElse(revision);
            this.record = there.record(model, version);
            this.report = there.report(model, version);
            this.provenance = there.provenance(model, version);
        }

        Side side() {
            List<String> features = definition()
                    .map(definition ->
                            definition.features().stream().map(Feature::name).toList())
                    .orElse(null);
            return new Side(
                    version, record.modelFile().digest(), report.chosen(), report.clock(), report.windows(), features);
        }

        Window learned() {
            return report.windows().validation();
        }

        Contender contender() throws CannotMeasureException {
            Contender known = contender;
            if (known == null) {
                try {
                    known = Contender.load(fetch("model file", record.modelFile()));
                } catch (InvalidModelFileException e) {
                    throw new CannotMeasureException("model file of %s: %s".formatted(version, e.getMessage()));
                }
                contender = known;
            }
            return known;
        }

        Kept keptRows() throws CannotMeasureException {
            Content data = record.data();
            if (data == null) {
                throw new CannotMeasureException("the rows of %s were not kept".formatted(version));
            }
            String file = "rows of " + version;
            try {
                Definition definition = contender().definition();
                Table table = TableCsv.read(fetch("rows", data), file, Shape.of(definition));
                int[] evaluation = definition.sides(table).evaluation();
                Window window = report.windows().evaluation();
                Expect.that(
                        evaluation.length == window.rows(), file, evaluation.length, window.rows() + " in its report");
                return new Kept(table, evaluation);
            } catch (InvalidDocumentException | InvalidValueException e) {
                throw new CannotMeasureException(Reason.of(e));
            }
        }

        private byte[] fetch(String what, Content content) throws CannotMeasureException {
            try {
                return registry.fetch(content.digest(), content.size());
            } catch (RegistryException e) {
                RegistryException.passOutage(e);
                // The cause is the bare fact; in a plain clone, which has no bytes on purpose, nothing is to be put
                // right.
                Throwable fact = e.getCause() == null ? e : e.getCause();
                throw new CannotMeasureException("%s of %s: %s".formatted(what, version, Reason.of(fact)));
            }
        }

        /** Out of the model file, or, where that is not at hand, out of the commit that the training began with. */
        Optional<Definition> definition() {
            try {
                return Optional.of(contender().definition());
            } catch (CannotMeasureException e) {
                return committedDefinition();
            }
        }

        private Optional<Definition> committedDefinition() {
            try {
                Revision base = registry.at(provenance.commit());
                return base.definitionDigest(model).equals(provenance.definition())
                        ? Optional.of(base.definition(model))
                        : Optional.empty();
            } catch (RegistryException | InvalidDocumentException e) {
                RegistryException.passOutage(e);
                return Optional.empty();
            }
        }
    }

    /** The two cannot be measured on the same rows here; the message says why. */
    private static final class CannotMeasureException extends Exception {
        CannotMeasureException(String message) {
            super(message);
        }
    }
}
