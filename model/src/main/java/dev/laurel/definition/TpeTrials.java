package dev.laurel.definition;

import dev.laurel.model.Experiment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tree-structured Parzen estimator: the next experiment has values that are likely among the good trials and unlikely among the others.
 * Of some values that are drawn from the former the one is taken for which the quotient of both densities is greatest, for each hyperparameter
 * by itself: Bergstra, Bardenet, Bengio and Kegl, "Algorithms for hyper-parameter optimization" (2011), section 4.
 */
final class TpeTrials implements Trials {
    private static final int CANDIDATES = 24;
    private static final int TRIES = 100;

    private final Search.Tpe search;
    private final Trainer trainer;
    private final long seed;
    private final List<Experiment> startup;

    TpeTrials(Search.Tpe search, Trainer trainer, long seed) {
        this.search = search;
        this.trainer = trainer;
        this.seed = seed;
        this.startup = search.foreseen(trainer, seed);
    }

    @Override
    public List<Experiment> next(List<Trial> history) {
        if (history.size() < startup.size()) {
            return startup.subList(history.size(), startup.size());
        }
        Set<Experiment> tried = new HashSet<>();
        history.forEach(trial -> tried.add(trial.experiment()));
        List<Experiment> next = new ArrayList<>();
        int together = search.together() == null ? 1 : search.together();
        for (int trial = history.size(); trial < search.trials() && next.size() < together; trial++) {
            Optional<Experiment> drawn = drawn(history, trial, tried);
            if (drawn.isEmpty()) {
                break;
            }
            next.add(drawn.get());
            tried.add(drawn.get());
        }
        return next;
    }

    /** One that was not tried yet, if such a one is found. */
    private Optional<Experiment> drawn(List<Trial> history, int trial, Set<Experiment> tried) {
        Random random = random(trial);
        for (int attempt = 0; attempt < 2 * TRIES; attempt++) {
            // Where all that is likely was tried, anything else.
            Experiment next = attempt < TRIES ? likely(history, random) : any(random);
            if (!tried.contains(next)) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    /** By the number of trials before, so that a search that goes on draws as one that was never interrupted. */
    private Random random(int trial) {
        Random random = new Random(seed);
        for (int i = 0; i <= trial; i++) {
            random = new Random(random.nextLong());
        }
        return random;
    }

    private Experiment any(Random random) {
        SortedMap<String, Double> values = new TreeMap<>();
        search.ranges().forEach((name, range) -> values.put(name, range.draw(random, isWhole(name))));
        return new Experiment(values);
    }

    private Experiment likely(List<Trial> history, Random random) {
        List<Trial> ranked = new ArrayList<>(history);
        ranked.sort((left, right) -> left.isBetterThan(right) ? -1 : right.isBetterThan(left) ? 1 : 0);
        int good = (int) Math.ceil(search.share() * ranked.size());
        SortedMap<String, Double> values = new TreeMap<>();
        for (Map.Entry<String, Range> each : search.ranges().entrySet()) {
            values.put(
                    each.getKey(),
                    best(
                            each.getKey(),
                            each.getValue(),
                            ranked.subList(0, good),
                            ranked.subList(good, ranked.size()),
                            random));
        }
        return new Experiment(values);
    }

    private double best(String name, Range range, List<Trial> good, List<Trial> others, Random random) {
        boolean whole = isWhole(name);
        if (range.from() == range.to()) {
            return range.from();
        }
        ParzenEstimator ofGood = estimator(name, range, good, whole);
        ParzenEstimator ofOthers = estimator(name, range, others, whole);
        double best = range.from();
        double most = Double.NEGATIVE_INFINITY;
        for (int candidate = 0; candidate < CANDIDATES; candidate++) {
            double value = range.at(ofGood.draw(random), whole);
            double quotient = ofGood.logDensity(range.place(value)) - ofOthers.logDensity(range.place(value));
            if (quotient > most) {
                most = quotient;
                best = value;
            }
        }
        return best;
    }

    private static ParzenEstimator estimator(String name, Range range, List<Trial> trials, boolean whole) {
        // Half a step beyond the ends, so that the ends are as likely to be rounded to as any other whole number.
        double beyond = whole && !range.log() ? 0.5 : 0;
        return new ParzenEstimator(
                range.place(range.from()) - beyond,
                range.place(range.to()) + beyond,
                trials.stream()
                        .mapToDouble(trial -> range.place(Objects.requireNonNull(
                                trial.experiment().hyperparameters().get(name))))
                        .toArray());
    }

    private boolean isWhole(String name) {
        return Hyperparameters.isWhole(trainer, name);
    }
}
