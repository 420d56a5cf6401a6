package dev.laurel.judge;

import dev.laurel.definition.Definition;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report;
import dev.laurel.model.Decision;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Provenance;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.model.Window;
import dev.laurel.predictor.InvalidModelFileException;
import dev.laurel.program.Reason;
import dev.laurel.registry.PinMove;
import dev.laurel.registry.ProposedChange;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryException;
import dev.laurel.registry.Revision;
import dev.laurel.source.Shape;
import dev.laurel.source.TableCsv;
import dev.laurel.split.Sides;
import dev.laurel.table.Table;
import dev.laurel.task.Predictions;
import dev.laurel.yaml.InvalidDocumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A challenger judged once more, from its model file and its kept rows alone: what its report and its pin claim has to come out again.
 * The gate and the target are those of the base. Which rows judge follows from the definition in the model file, which has to be one
 * that stood on main: neither the branch nor the report has a say in it.
 */
final class Retrial {
    /** Logarithms may differ in their last digits between machines. */
    private static final double ROUNDING = 1e-9;

    private final Registry registry;
    private final Revision base;
    private final Revision head;
    private final PinMove move;
    private final Pin pin;
    private final ModelName model;
    private final Version version;
    private final List<String> problems;

    /** @param pin the one at the head */
    Retrial(Registry registry, ProposedChange change, PinMove move, Pin pin) {
        this.registry = registry;
        this.base = change.base();
        this.head = change.head();
        this.move = move;
        this.pin = pin;
        this.model = pin.model();
        this.version = pin.version();
        this.problems = new ArrayList<>(move.problems());
    }

    PinVerdict verdict() {
        Definition rules = base.definition(model);
        Pin champion = move.before();
        Optional<Challenger> challenger = challenger(rules);
        Optional<Comparison> comparison = challenger.flatMap(known -> compare(known, rules));
        return new PinVerdict(
                move.environment(),
                model,
                champion == null ? null : champion.version(),
                version,
                decision(comparison.map(Comparison::decision).orElse(null)),
                challenger.map(known -> known.answers().metrics()).orElse(null),
                comparison.flatMap(compared -> diff(champion)).orElse(null));
    }

    private Decision decision(@Nullable Decision gate) {
        if (problems.isEmpty() && gate != null) {
            return gate;
        }
        List<String> reasons = new ArrayList<>(problems);
        if (gate != null && !gate.isPassed()) {
            // The evidence may have said the same already.
            gate.reasons().stream()
                    .filter(reason -> problems.stream().noneMatch(problem -> problem.contains(reason)))
                    .forEach(reasons::add);
        }
        return Decision.rejected(reasons);
    }

    /** The challenger with what it says about the rows that judge it. */
    private record Challenger(Report report, Content data, Measured measured) {
        Predictions answers() {
            return measured.answers();
        }
    }

    /** Empty when it is not to be measured; then the problems say why. */
    private Optional<Challenger> challenger(Definition rules) {
        VersionRecord record;
        Report report;
        Provenance provenance;
        try {
            record = head.record(model, version);
            report = head.report(model, version);
            provenance = head.provenance(model, version);
        } catch (RegistryException | InvalidDocumentException e) {
            RegistryException.passOutage(e);
            return problem("evidence: cannot be read: " + Reason.of(e));
        }
        Content data = record.data();
        if (data == null) {
            return problem("rows of %s: not kept, so that nothing can be measured (expected: kept)".formatted(version));
        }
        byte[] modelFile = fetch(record.modelFile());
        byte[] csv = fetch(data);
        try {
            Contender contender = Contender.load(modelFile);
            Definition definition = contender.definition();
            if (!base.definition(model, provenance.definition()).equals(Optional.of(definition))) {
                return problem("definition: %s (expected: one that stood on main, the same as in the model file)"
                        .formatted(provenance.definition()));
            }
            if (!definition.target().equals(rules.target())) {
                return problem(
                        "target: %s (expected: as at the base, %s)".formatted(definition.target(), rules.target()));
            }
            Table table = TableCsv.read(csv, "rows of " + version, Shape.of(definition));
            OptionalInt needed = definition
                    .split()
                    .neededRows(definition.warmUp(), definition.target().horizon());
            if (needed.isPresent() && table.rows() != needed.getAsInt()) {
                return problem("rows of %s: %s (expected: the %s that its definition needs)"
                        .formatted(version, table.rows(), needed.getAsInt()));
            }
            Sides sides = definition.sides(table);
            Report.Windows windows = Report.Windows.of(sides, table);
            if (!report.windows().equals(windows)) {
                return problem("report: windows: %s (expected: %s, after definition and rows)"
                        .formatted(report.windows(), windows));
            }
            Measured measured = Measured.of(contender, modelFile.length, table, sides);
            expect(
                    "report: challenger: ",
                    report.challenger().metrics(),
                    measured.answers().metrics());
            return Optional.of(new Challenger(report, data, measured));
        } catch (InvalidModelFileException | InvalidDocumentException | InvalidValueException e) {
            return problem("%s cannot be measured: %s".formatted(version, Reason.of(e)));
        }
    }

    /** Empty when the two must not be compared; then the problems say why. */
    private Optional<Comparison> compare(Challenger challenger, Definition rules) {
        Pin standing = move.before();
        Measured measured = challenger.measured;
        if (standing == null) {
            evidence(challenger, null);
            return Optional.of(new Comparison(null, rules.gate().decide(measured.contest(rules.gate(), null))));
        }
        byte[] modelFile = registry.fetch(standing.digest(), standing.size());
        try {
            Contender champion = Contender.load(modelFile);
            Window learned = base.report(model, standing.version()).windows().validation();
            Optional<String> obstacle =
                    champion.obstacle(measured.contender(), learned, measured.table(), measured.evaluation());
            if (obstacle.isPresent()) {
                return problem("champion %s cannot be compared: %s".formatted(standing.version(), obstacle.get()));
            }
            Predictions answers = champion.predictions(measured.table(), measured.evaluation());
            Report.Side reported = challenger.report.champion();
            if (reported != null && reported.version().equals(standing.version())) {
                expect("report: champion: ", reported.metrics(), answers.metrics());
            }
            evidence(challenger, answers.metrics());
            return Optional.of(new Comparison(
                    new Comparison.Champion(standing.version(), answers),
                    rules.gate().decide(measured.contest(rules.gate(), answers))));
        } catch (InvalidModelFileException | InvalidDocumentException | InvalidValueException e) {
            return problem("champion %s cannot be compared: %s".formatted(standing.version(), Reason.of(e)));
        }
    }

    private void evidence(Challenger challenger, @Nullable Metrics champion) {
        Pin.Evidence evidence = pin.evidence();
        if (evidence == null) {
            return;
        }
        Metric metric = evidence.metric();
        expect(
                "evidence: challenger: " + metric,
                evidence.challenger(),
                challenger.answers().metrics().get(metric));
        if (evidence.champion() != null && champion != null && pin.by() == Pin.By.AUTOMATION) {
            expect("evidence: champion: " + metric, evidence.champion(), champion.get(metric));
        }
        if (!evidence.data().equals(challenger.data.digest())) {
            problems.add("evidence: data: %s (expected: %s)".formatted(evidence.data(), challenger.data.digest()));
        }
    }

    private void expect(String whose, Metrics claimed, Metrics measured) {
        if (claimed.rows() != measured.rows() || !Objects.equals(claimed.confusion(), measured.confusion())) {
            problems.add("%s%s rows, %s (expected: %s rows, %s, as its model file answers)"
                    .formatted(whose, claimed.rows(), claimed.confusion(), measured.rows(), measured.confusion()));
        }
        measured.known().forEach((metric, value) -> expect(whose + metric, claimed.get(metric), value));
    }

    private void expect(String thing, double claimed, double measured) {
        boolean same = Double.isNaN(measured) ? Double.isNaN(claimed) : Math.abs(claimed - measured) <= ROUNDING;
        if (!same) {
            problems.add(String.format(
                    Locale.ROOT, "%s %s (expected: %s, as the model file answers)", thing, claimed, measured));
        }
    }

    private Optional<VersionDiff> diff(@Nullable Pin champion) {
        try {
            return champion == null
                    ? Optional.empty()
                    : Optional.of(VersionDiff.of(registry, head, model, champion.version(), version));
        } catch (RegistryException | InvalidDocumentException shownWithoutIt) {
            return Optional.empty();
        }
    }

    private byte[] fetch(Content content) {
        return registry.fetch(content.digest(), content.size());
    }

    private <T> Optional<T> problem(String problem) {
        problems.add(problem);
        return Optional.empty();
    }
}
