package dev.laurel.definition;

import dev.laurel.model.Default;
import dev.laurel.model.Expect;
import dev.laurel.model.Experiment;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How hyperparameters are searched for, where a definition does not list its experiments itself. */
public sealed interface Search {
    int MOST_TRIALS = 10_000;
    int MOST_MINUTES = 100_000;
    int MOST_TOGETHER = 64;

    /** After so long no trial is begun any more; null for no limit. */
    @Nullable
    Integer minutes();

    /** Which trials are given up before their end; null for none. */
    @Nullable
    Pruning prune();

    /** Which trials are given up before their end. */
    enum Pruning {
        @Says(
                "Those whose score after a part of the way is worse than the median of the trials before them there (Golovin et al. 2017). A part is a fold of walk-forward, and within it 16, 32, 64, ... trees of random-forest, extra-trees, bagging and gradient-boosting, steps of logistic, or rounds of lasso and elastic-net. The other trainers have no model before their end; beside a split of one fold they are refused.")
        MEDIAN
    }

    private static void checkMinutes(@Nullable Integer minutes) {
        if (minutes != null) {
            Expect.range("minutes", minutes, 1, MOST_MINUTES);
        }
    }

    /** The experiments that are known before any is tried, in order; the same for the same seed. */
    List<Experiment> foreseen(Trainer trainer, long seed);

    /** How many experiments are tried, at most. */
    default int most(Trainer trainer, long seed) {
        return foreseen(trainer, seed).size();
    }

    /** The experiments to try, one after the other; the same for the same seed and the same results. */
    default Trials trials(Trainer trainer, long seed) {
        return Trials.of(foreseen(trainer, seed));
    }

    /** What could come of another seed or of other results at most, and has to fit the trainer too. */
    default List<Experiment> ends() {
        return List.of();
    }

    @Says("Every combination of the values that are listed.")
    record Grid(
            @Says("The values of each hyperparameter, by its name.")
            SortedMap<String, List<Double>> values,

            @Says(
                    "After so long no trial is begun any more; the report has those that were, and a reproduction tries the same. Absent: no limit.")
            @Within(from = 1, to = MOST_MINUTES)
            @Nullable
            Integer minutes,

            @Says("Which trials are given up before their end. Absent: none.") @Nullable
            Pruning prune)
            implements Search {
        public Grid(SortedMap<String, List<Double>> values) {
            this(values, null, null);
        }

        public Grid {
            checkMinutes(minutes);
            Expect.that(!values.isEmpty(), "values", values, "at least one hyperparameter with its values");
            SortedMap<String, List<Double>> copy = new TreeMap<>();
            values.forEach((name, each) -> {
                Expect.notEmpty(name, each);
                copy.put(name, List.copyOf(each));
            });
            values = Collections.unmodifiableSortedMap(copy);
            long combinations = 1;
            for (List<Double> each : values.values()) {
                combinations = Math.min(Integer.MAX_VALUE, combinations * each.size());
            }
            Expect.range("combinations", combinations, 1, MOST_TRIALS);
        }

        @Override
        public List<Experiment> foreseen(Trainer trainer, long seed) {
            List<SortedMap<String, Double>> combinations = new ArrayList<>(List.of(new TreeMap<>()));
            values.forEach((name, each) -> {
                List<SortedMap<String, Double>> longer = new ArrayList<>();
                for (SortedMap<String, Double> combination : combinations) {
                    for (Double value : each) {
                        SortedMap<String, Double> one = new TreeMap<>(combination);
                        one.put(name, value);
                        longer.add(one);
                    }
                }
                combinations.clear();
                combinations.addAll(longer);
            });
            return combinations.stream().map(Experiment::new).toList();
        }
    }

    @Says("Values drawn from ranges, each by itself (Bergstra and Bengio 2012).")
    record RandomSearch(
            @Says("How many different experiments; fewer where the ranges have not so many.")
            @Within(from = 1, to = MOST_TRIALS)
            int trials,

            @Says("The range of each hyperparameter, by its name.")
            SortedMap<String, Range> ranges,

            @Says(
                    "After so long no trial is begun any more; the report has those that were, and a reproduction tries the same. Absent: no limit.")
            @Within(from = 1, to = MOST_MINUTES)
            @Nullable
            Integer minutes,

            @Says("Which trials are given up before their end. Absent: none.") @Nullable
            Pruning prune)
            implements Search {
        private static final int TRIES = 100;

        public RandomSearch(int trials, SortedMap<String, Range> ranges) {
            this(trials, ranges, null, null);
        }

        public RandomSearch {
            checkMinutes(minutes);
            Expect.range("trials", trials, 1, MOST_TRIALS);
            Expect.that(!ranges.isEmpty(), "ranges", ranges, "at least one hyperparameter with its range");
            ranges = Collections.unmodifiableSortedMap(new TreeMap<>(ranges));
        }

        @Override
        public List<Experiment> foreseen(Trainer trainer, long seed) {
            Random random = new Random(seed);
            Set<Experiment> drawn = new LinkedHashSet<>();
            for (int attempt = 0; drawn.size() < trials && attempt < TRIES * trials; attempt++) {
                SortedMap<String, Double> one = new TreeMap<>();
                for (Map.Entry<String, Range> each : ranges.entrySet()) {
                    boolean whole = Hyperparameters.isWhole(trainer, each.getKey());
                    one.put(each.getKey(), each.getValue().draw(random, whole));
                }
                drawn.add(new Experiment(one));
            }
            return List.copyOf(drawn);
        }

        @Override
        public List<Experiment> ends() {
            return ranges.entrySet().stream()
                    .flatMap(each -> Stream.of(
                                    each.getValue().from(), each.getValue().to())
                            .map(end -> Experiment.of(Map.of(each.getKey(), end))))
                    .toList();
        }
    }

    @Says(
            "Values drawn from ranges, after some trials near those that were good (Bergstra, Bardenet, Bengio and Kegl 2011).")
    record Tpe(
            @Says("How many different experiments; fewer where the ranges have not so many.")
            @Within(from = 1, to = MOST_TRIALS)
            int trials,

            @Says("Trials before, drawn as by a random search.") @Within(from = 1, to = MOST_TRIALS) @Default("10")
            int startup,

            @Says("The share of the trials that are called good.") @Within(above = 0, below = 1) @Default("0.25")
            double share,

            @Says("The range of each hyperparameter, by its name.")
            SortedMap<String, Range> ranges,

            @Says(
                    "Trials that are drawn from the same results, and so run side by side; more of them take less time and learn less from each other. Absent: 1.")
            @Within(from = 1, to = MOST_TOGETHER)
            @Nullable
            Integer together,

            @Says(
                    "After so long no trial is begun any more; the report has those that were, and a reproduction tries the same. Absent: no limit.")
            @Within(from = 1, to = MOST_MINUTES)
            @Nullable
            Integer minutes,

            @Says("Which trials are given up before their end. Absent: none.") @Nullable
            Pruning prune)
            implements Search {
        public Tpe(int trials, int startup, double share, SortedMap<String, Range> ranges) {
            this(trials, startup, share, ranges, null, null, null);
        }

        public Tpe {
            checkMinutes(minutes);
            if (together != null) {
                Expect.range("together", together, 1, MOST_TOGETHER);
            }
            Expect.range("trials", trials, 1, MOST_TRIALS);
            Expect.range("startup", startup, 1, MOST_TRIALS);
            Expect.that(share > 0 && share < 1, "share", share, "between 0 and 1");
            Expect.that(!ranges.isEmpty(), "ranges", ranges, "at least one hyperparameter with its range");
            ranges = Collections.unmodifiableSortedMap(new TreeMap<>(ranges));
        }

        @Override
        public List<Experiment> foreseen(Trainer trainer, long seed) {
            return new RandomSearch(Math.min(startup, trials), ranges).foreseen(trainer, seed);
        }

        @Override
        public int most(Trainer trainer, long seed) {
            return trials;
        }

        @Override
        public List<Experiment> ends() {
            return new RandomSearch(trials, ranges).ends();
        }

        @Override
        public Trials trials(Trainer trainer, long seed) {
            return new TpeTrials(this, trainer, seed);
        }
    }
}
