package dev.laurel.judge;

import dev.laurel.definition.Definition;
import dev.laurel.evaluation.Importance;
import dev.laurel.model.Decision;
import dev.laurel.model.Digest;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.Window;
import dev.laurel.predictor.InvalidModelFileException;
import dev.laurel.program.Reason;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.Judge;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.view.Revision;
import dev.laurel.source.Shape;
import dev.laurel.source.TableCsv;
import dev.laurel.split.Sides;
import dev.laurel.table.Table;
import dev.laurel.task.Predictions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One challenger, ready to be judged against whichever champion stands, by whichever rules stand. The champion answers for the very rows
 * that the challenger was evaluated on; when it learned from them, predicts something else or cannot be loaded, the two are not compared
 * and the challenger is rejected.
 */
public final class Challenge implements Judge {
    private final Registry registry;
    private final Measured measured;
    private final Digest data;
    private @Nullable Judged judged;

    private record Judged(@Nullable Pin champion, Definition rules, Comparison comparison) {}

    private Challenge(Registry registry, Measured measured, Digest data) {
        this.registry = registry;
        this.measured = measured;
        this.data = data;
    }

    /**
     * @param modelFile the challenger's
     * @param table the rows of the run
     * @param sides which of them judge
     * @param data digest of the table
     */
    public static Challenge of(Registry registry, byte[] modelFile, Table table, Sides sides, Digest data) {
        return new Challenge(registry, Measured.of(Contender.load(modelFile), modelFile.length, table, sides), data);
    }

    /**
     * A registered version, to be judged again on the rows that it was evaluated on.
     *
     * @throws RegistryException when its rows were not kept, or bytes are missing
     */
    public static Challenge of(Registry registry, ModelName model, Version version) {
        Revision head = registry.head();
        VersionRecord record = head.record(model, version);
        VersionRecord.Content data = record.data();
        if (data == null) {
            throw new RegistryException("the rows of %s were not kept".formatted(version));
        }
        byte[] modelFile =
                registry.fetch(record.modelFile().digest(), record.modelFile().size());
        Definition definition = Contender.load(modelFile).definition();
        Table table =
                TableCsv.read(registry.fetch(data.digest(), data.size()), "rows of " + version, Shape.of(definition));
        return of(registry, modelFile, table, definition.sides(table), data.digest());
    }

    /** What the challenger said about the rows that judge it. */
    public Predictions answers() {
        return measured.answers();
    }

    /** Of the challenger's features, on the same rows; null where the metric is not defined on them. */
    public @Nullable Importance importance(Metric metric) {
        Contender contender = measured.contender();
        return Shuffling.importance(contender, metric, contender.sample(measured.table(), measured.evaluation()));
    }

    @Override
    public Judgement judge(@Nullable Pin champion, Definition rules) {
        Comparison result = against(champion, rules);
        var metric = rules.gate().metric();
        Double championValue = result.champion() == null
                ? null
                : result.champion().predictions().metrics().get(metric);
        return new Judgement(
                result.decision(),
                new Pin.Evidence(
                        metric,
                        answers().metrics().get(metric),
                        championValue,
                        answers().rows(),
                        data));
    }

    /** The comparison with this champion by the gate of these rules, made anew only when others were judged by before. */
    public Comparison against(@Nullable Pin champion, Definition rules) {
        Judged known = judged;
        if (known == null || !Objects.equals(champion, known.champion) || !rules.equals(known.rules)) {
            known = new Judged(champion, rules, compare(champion, rules));
            judged = known;
        }
        return known.comparison;
    }

    private Comparison compare(@Nullable Pin pin, Definition rules) {
        Definition definition = measured.contender().definition();
        if (!definition.target().equals(rules.target())) {
            return rejected("target: %s (expected: that of the definition that stands, %s)"
                    .formatted(definition.target().toTell(), rules.target().toTell()));
        }
        if (pin == null) {
            return new Comparison(null, rules.gate().decide(measured.contest(rules.gate(), null)));
        }
        try {
            Contender champion = Contender.load(registry.fetch(pin.digest(), pin.size()));
            Optional<String> obstacle = obstacle(pin, champion);
            if (obstacle.isPresent()) {
                return notComparable(pin, obstacle.get());
            }
            Predictions predictions = champion.predictions(measured.table(), measured.evaluation());
            return new Comparison(
                    new Comparison.Champion(pin.version(), predictions),
                    rules.gate().decide(measured.contest(rules.gate(), predictions)));
        } catch (RegistryException | InvalidModelFileException | InvalidValueException e) {
            RegistryException.passOutage(e);
            return notComparable(pin, Reason.of(e));
        }
    }

    private static Comparison notComparable(Pin pin, String why) {
        return rejected("champion %s cannot be compared: %s".formatted(pin.version(), why));
    }

    private static Comparison rejected(String why) {
        return new Comparison(null, Decision.rejected(List.of(why)));
    }

    /** Why the two must not be compared, if there is a reason. */
    private Optional<String> obstacle(Pin pin, Contender champion) {
        Window learned =
                registry.head().report(pin.model(), pin.version()).windows().validation();
        return champion.obstacle(measured.contender(), learned, measured.table(), measured.evaluation());
    }
}
