package dev.laurel.judge;

import dev.laurel.definition.Definition;
import dev.laurel.evaluation.MetricIntervals;
import dev.laurel.feature.FittedFeatures;
import dev.laurel.judge.Bisection.Skipped;
import dev.laurel.judge.Bisection.Trial;
import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.predictor.InvalidModelFileException;
import dev.laurel.program.Reason;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.view.PinChange;
import dev.laurel.registry.view.PinChange.Direction;
import dev.laurel.table.Table;
import dev.laurel.task.Predictions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first champion that is below a value, as {@code git bisect} finds a commit: both ends first, then always the middle of what
 * is left. That takes it for granted that all champions after the first one below are below too.
 */
public final class Bisector {
    private final Registry registry;
    private final Function<Definition, Table> rows;
    private final Metric metric;
    private final double threshold;
    private final Consumer<Trial> observer;
    private final List<Trial> trials = new ArrayList<>();
    private final SortedMap<Integer, Skipped> skipped = new TreeMap<>();

    /**
     * @param rows that every champion has to answer for, as its definition asks for them
     * @param threshold below it means above it for a metric of which less is better
     * @param observer is told each champion as soon as it is evaluated
     */
    public Bisector(
            Registry registry,
            Function<Definition, Table> rows,
            Metric metric,
            double threshold,
            Consumer<Trial> observer) {
        Expect.that(Double.isFinite(threshold), "below", threshold, "a finite number");
        this.registry = registry;
        this.rows = rows;
        this.metric = metric;
        this.threshold = threshold;
        this.observer = observer;
    }

    /**
     * @throws RegistryException when no champion ever stood there, or the newest one cannot be read
     * @throws InvalidValueException when the rows lack a column, are too few, or have one label only where the metric needs both
     */
    public Bisection bisect(Environment environment, ModelName model) {
        List<PinChange> champions = champions(environment, model);
        int found = champions.size() - 1;
        Trial newest = trial(champions, found)
                .orElseThrow(() ->
                        new RegistryException(skipped.values().iterator().next().reason()));
        if (!newest.below()) {
            return result(environment, model, champions, null, null);
        }
        int good = oldest(champions);
        Trial before = trials.get(trials.size() - 1);
        if (before.below()) {
            return result(environment, model, champions, before, null);
        }
        Trial first = newest;
        for (List<Integer> left = left(good, found); !left.isEmpty(); left = left(good, found)) {
            int middle = left.get(left.size() / 2);
            Optional<Trial> trial = trial(champions, middle);
            if (trial.isPresent() && trial.get().below()) {
                found = middle;
                first = trial.get();
            } else if (trial.isPresent()) {
                good = middle;
                before = trial.get();
            }
        }
        return result(environment, model, champions, first, before);
    }

    /** Each change that left another version pinned, oldest first. */
    private List<PinChange> champions(Environment environment, ModelName model) {
        List<PinChange> champions =
                new ArrayList<>(registry.head().changes(environment, model, Integer.MAX_VALUE).stream()
                        .filter(change ->
                                change.direction() == Direction.RAISED || change.direction() == Direction.LOWERED)
                        .toList());
        Collections.reverse(champions);
        if (champions.isEmpty()) {
            throw new RegistryException("%s in %s: no version was ever pinned, so there is nothing to bisect"
                    .formatted(model, environment));
        }
        return champions;
    }

    /** The position of the oldest champion that can be evaluated; it is the newest trial then. */
    private int oldest(List<PinChange> champions) {
        int position = 0;
        while (position < champions.size() - 1 && trial(champions, position).isEmpty()) {
            position++;
        }
        return position;
    }

    private List<Integer> left(int good, int found) {
        return IntStream.range(good + 1, found)
                .filter(position -> !skipped.containsKey(position))
                .boxed()
                .toList();
    }

    private Bisection result(
            Environment environment,
            ModelName model,
            List<PinChange> champions,
            @Nullable Trial found,
            @Nullable Trial before) {
        return new Bisection(
                model,
                environment,
                metric,
                threshold,
                champions.size(),
                trials,
                found,
                before,
                List.copyOf(skipped.values()));
    }

    /** Empty when its bytes are gone or are no model file; then it is skipped. */
    private Optional<Trial> trial(List<PinChange> champions, int position) {
        PinChange change = champions.get(position);
        Pin pin = Objects.requireNonNull(change.after());
        try {
            Contender champion = Contender.load(registry.fetch(pin.digest(), pin.size()));
            Table table = rows.apply(champion.definition());
            Predictions answers = champion.predictions(table, rows(champion.definition(), table));
            double value = answers.metrics().get(metric);
            Expect.that(!Double.isNaN(value), metric.toString(), "undefined", "rows with all labels");
            Trial trial = new Trial(
                    pin.version(),
                    change.commit(),
                    change.author().name(),
                    change.time(),
                    answers.rows(),
                    value,
                    MetricIntervals.of(answers).get(metric),
                    metric.gain(value, threshold) < 0);
            trials.add(trial);
            observer.accept(trial);
            return Optional.of(trial);
        } catch (RegistryException | InvalidModelFileException e) {
            RegistryException.passOutage(e);
            String reason = "%s cannot be evaluated: %s".formatted(pin.version(), Reason.of(e));
            skipped.put(position, new Skipped(pin.version(), change.commit(), reason));
            return Optional.empty();
        }
    }

    /** All that have both features and a true answer. */
    private static int[] rows(Definition definition, Table table) {
        int horizon = definition.target().horizon();
        Expect.range("rows of data", table.rows(), definition.warmUp() + 1L + horizon, Integer.MAX_VALUE);
        IntPredicate kept = FittedFeatures.kept(definition.features(), definition.fillings(), table);
        return IntStream.range(definition.warmUp(), table.rows() - horizon)
                .filter(row -> definition.target().isKnown(table, row) && kept.test(row))
                .toArray();
    }
}
