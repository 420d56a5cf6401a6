package dev.laurel.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.Experiment;
import dev.laurel.model.InvalidValueException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class TpeTrialsTest {
    private static final Trainer SVC = new Trainer.Svc(Trainer.Kernel.RBF, 1, 0);
    private static final Map<String, Range> RANGES =
            Map.of("cost", new Range(0.01, 1000, true), "gamma", new Range(1e-4, 10, true));

    private static Search.Tpe tpe(int trials) {
        return new Search.Tpe(trials, 10, 0.25, new TreeMap<>(RANGES));
    }

    /** Best at cost 10 and gamma 0.01. */
    private static double score(Experiment experiment) {
        double cost = Math.log10(experiment.hyperparameters().get("cost")) - 1;
        double gamma = Math.log10(experiment.hyperparameters().get("gamma")) + 2;
        return -cost * cost - gamma * gamma;
    }

    @Test
    void beginsAsARandomSearch() {
        List<Trial> trials = run(tpe(30), SVC, 7, TpeTrialsTest::score);
        Search random = new Search.RandomSearch(10, new TreeMap<>(RANGES));

        assertThat(trials.subList(0, 10)).extracting(Trial::experiment).isEqualTo(random.foreseen(SVC, 7));
    }

    @Test
    void theSameSeedAndResultsGiveTheSameTrials() {
        List<Trial> trials = run(tpe(30), SVC, 7, TpeTrialsTest::score);

        assertThat(trials).hasSize(30);
        assertThat(run(tpe(30), SVC, 7, TpeTrialsTest::score)).isEqualTo(trials);
        assertThat(run(tpe(30), SVC, 8, TpeTrialsTest::score)).isNotEqualTo(trials);
    }

    /** A search that was killed goes on with other objects. */
    @Test
    void goesOnFromAnyHistory() {
        List<Trial> trials = run(tpe(30), SVC, 7, TpeTrialsTest::score);

        for (int done = 0; done < 30; done++) {
            assertThat(tpe(30).trials(SVC, 7).next(trials.subList(0, done)))
                    .startsWith(trials.get(done).experiment());
        }
    }

    /** Those that run side by side know nothing of each other, and are others all the same. */
    @Test
    void drawsSomeFromTheSameResults() {
        Search search = new Search.Tpe(30, 10, 0.25, new TreeMap<>(RANGES), 4, null, null);
        List<Trial> startup = run(tpe(10), SVC, 7, TpeTrialsTest::score);

        List<Experiment> next = search.trials(SVC, 7).next(startup);

        assertThat(next).hasSize(4).doesNotHaveDuplicates();
        assertThat(tpe(30).trials(SVC, 7).next(startup)).containsExactly(next.get(0));
        assertThat(run(search, SVC, 7, TpeTrialsTest::score)).hasSize(30);
    }

    @Test
    void dependsOnTheResults() {
        List<Trial> trials = run(tpe(11), SVC, 7, TpeTrialsTest::score);
        List<Trial> others = run(tpe(11), SVC, 7, experiment -> -score(experiment));

        assertThat(others.get(10).experiment()).isNotEqualTo(trials.get(10).experiment());
    }

    /** Over 40 seeds, the best of 40 trials of each. */
    @Test
    void findsBetterThanRandomDraws() {
        double byTpe = 0;
        double byChance = 0;
        for (int seed = 0; seed < 40; seed++) {
            byTpe += best(run(tpe(40), SVC, seed, TpeTrialsTest::score)) / 40;
            byChance +=
                    best(run(new Search.RandomSearch(40, new TreeMap<>(RANGES)), SVC, seed, TpeTrialsTest::score)) / 40;
        }

        assertThat(byTpe).isGreaterThan(byChance / 3);
    }

    /** Wholes stay wholes, none is tried twice, and the end comes when there are no more. */
    @Test
    void triesEachWholeNumberOnce() {
        Search search = new Search.Tpe(100, 3, 0.25, new TreeMap<>(Map.of("neighbours", new Range(1, 12, false))));

        List<Trial> trials = run(
                search,
                new Trainer.Knn(5),
                1,
                experiment -> -experiment.hyperparameters().get("neighbours"));

        assertThat(trials).hasSizeBetween(10, 12);
        assertThat(new HashSet<>(trials)).hasSameSizeAs(trials);
        trials.forEach(trial -> Hyperparameters.with(new Trainer.Knn(5), trial.experiment()));
    }

    @Test
    void aTrialWithoutAScoreIsNotGood() {
        List<Trial> trials = run(
                tpe(40),
                SVC,
                3,
                experiment -> experiment.hyperparameters().get("cost") > 10 ? Double.NaN : score(experiment));

        assertThat(trials.subList(10, 40))
                .filteredOn(trial -> Double.isNaN(trial.score()))
                .hasSizeLessThan(15);
    }

    @Test
    void staysWithinTheRanges() {
        run(tpe(60), SVC, 5, experiment -> experiment.hyperparameters().get("cost"))
                .forEach(trial -> {
                    assertThat(trial.experiment().hyperparameters().get("cost")).isBetween(0.01, 1000.0);
                    assertThat(trial.experiment().hyperparameters().get("gamma"))
                            .isBetween(1e-4, 10.0);
                });
    }

    /** What a definition checks, since it cannot know what will be tried. */
    @Test
    void theEndsOfItsRangesAreAskedFor() {
        Search search = new Search.Tpe(100, 3, 0.25, new TreeMap<>(Map.of("neighbours", new Range(0, 12, false))));
        Trainer knn = new Trainer.Knn(5);

        assertThatThrownBy(() -> search.ends().forEach(each -> Hyperparameters.with(knn, each)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("neighbours: 0 (expected: 1..1000)");
    }

    private static List<Trial> run(Search search, Trainer trainer, long seed, ToDoubleFunction<Experiment> score) {
        Trials trials = search.trials(trainer, seed);
        List<Trial> history = new ArrayList<>();
        for (List<Experiment> next = trials.next(history); !next.isEmpty(); next = trials.next(history)) {
            next.forEach(each -> history.add(new Trial(each, score.applyAsDouble(each))));
        }
        return history;
    }

    private static double best(List<Trial> trials) {
        return trials.stream()
                .max(Comparator.comparingDouble(Trial::score))
                .orElseThrow()
                .score();
    }
}
