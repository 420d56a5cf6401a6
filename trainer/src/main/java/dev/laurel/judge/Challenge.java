package dev.laurel.judge;

import dev.laurel.definition.Definition;
import dev.laurel.evaluation.Metrics;
import dev.laurel.model.Decision;
import dev.laurel.model.Digest;
import dev.laurel.model.InvalidValueException;
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
    private final Contender contender;
    private final Table table;
    private final int[] evaluation;
    private final Digest data;
    private final Metrics challenger;
    private @Nullable Judged judged;

    private record Judged(@Nullable Pin champion, Definition rules, Comparison comparison) {}

    /**
     * @param contender the challenger
     * @param table the rows of the run
     * @param evaluation the rows of the table that judge
     * @param data digest of the table
     * @param challenger the challenger's metrics on the evaluation rows
     */
    public Challenge(
            Registry registry, Contender contender, Table table, int[] evaluation, Digest data, Metrics challenger) {
        this.registry = registry;
        this.contender = contender;
        this.table = table;
        this.evaluation = evaluation;
        this.data = data;
        this.challenger = challenger;
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
        Contender challenger = Contender.load(
                registry.fetch(record.modelFile().digest(), record.modelFile().size()));
        Table table = TableCsv.read(
                registry.fetch(data.digest(), data.size()), "rows of " + version, Shape.of(challenger.definition()));
        int[] evaluation = challenger.definition().sides(table).evaluation();
        return new Challenge(
                registry,
                challenger,
                table,
                evaluation,
                data.digest(),
                challenger.predictions(table, evaluation).metrics());
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
                new Pin.Evidence(metric, challenger.get(metric), championValue, challenger.rows(), data));
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
        Definition definition = contender.definition();
        if (!definition.target().equals(rules.target())) {
            return rejected("target: %s (expected: that of the definition that stands, %s)"
                    .formatted(definition.target(), rules.target()));
        }
        if (pin == null) {
            return new Comparison(null, rules.gate().decide(challenger, null));
        }
        try {
            Contender champion = Contender.load(registry.fetch(pin.digest(), pin.size()));
            Optional<String> obstacle = obstacle(pin, champion);
            if (obstacle.isPresent()) {
                return notComparable(pin, obstacle.get());
            }
            Predictions predictions = champion.predictions(table, evaluation);
            return new Comparison(
                    new Comparison.Champion(pin.version(), predictions),
                    rules.gate().decide(challenger, predictions.metrics()));
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
        return champion.obstacle(contender, learned, table, evaluation);
    }
}
