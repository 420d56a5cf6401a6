package dev.laurel.search;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Search;
import dev.laurel.definition.Trials;
import dev.laurel.evaluation.Report.ExperimentResult;
import dev.laurel.model.Experiment;
import dev.laurel.model.Metric;
import dev.laurel.model.Shard;
import dev.laurel.split.Sides;
import dev.laurel.table.Table;
import dev.laurel.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The trials of a search that fall to one of several processes, by their numbers. They are kept where all of them keep theirs; a search that finds
 * them there is what it would have been in one process, since what a trial comes to depends on nothing but its number and those before it.
 */
public final class SearchShard {
    private final Folds folds;
    private final Trials trials;
    private final Metric metric;
    private final boolean prunes;
    private final Effort effort;
    private final Shard shard;
    private final Consumer<ExperimentResult> observer;
    private final List<TrialOutcome> outcomes = new ArrayList<>();
    private int made;

    private SearchShard(
            Folds folds, Definition definition, Effort effort, Shard shard, Consumer<ExperimentResult> observer) {
        this.folds = folds;
        this.trials = definition.trials();
        this.metric = definition.gate().metric();
        Search search = definition.search();
        this.prunes = search != null && search.prune() != null;
        this.effort = effort;
        this.shard = shard;
        this.observer = observer;
    }

    /**
     * How far it came.
     *
     * @param made the trials that it made
     * @param known the trials whose numbers and values are known: where they are fewer than the search has, the others depend on trials that
     *     other shards have not made yet
     */
    public record Made(int made, int known) {}

    /**
     * Makes what falls to it, as far as it is known what that is.
     *
     * @param waits asked where trials of others are missing that the next ones depend on: whether to look again. May take its time
     * @param observer is told each trial that this shard makes, in its order
     */
    public static Made run(
            Definition definition,
            Table table,
            Sides sides,
            Effort effort,
            Shard shard,
            BooleanSupplier waits,
            Consumer<ExperimentResult> observer) {
        Task task = definition.target().task(table, sides.training());
        Folds folds = new Folds(definition, table, task, sides);
        return new SearchShard(folds, definition, effort, shard, observer).run(waits);
    }

    private Made run(BooleanSupplier waits) {
        for (List<Experiment> next = next(); !next.isEmpty(); next = next()) {
            int known = outcomes.size() + next.size();
            make(next);
            List<TrialOutcome> found = found(next);
            while (found.size() < next.size() && waits.getAsBoolean()) {
                found = found(next);
            }
            if (found.size() < next.size()) {
                return new Made(made, known);
            }
            outcomes.addAll(found);
        }
        return new Made(made, outcomes.size());
    }

    private List<Experiment> next() {
        List<Experiment> next = trials.next(
                outcomes.stream().map(outcome -> outcome.trial(metric)).toList());
        return prunes ? next.subList(0, Math.min(Pruner.BLOCK, next.size())) : next;
    }

    private void make(List<Experiment> experiments) {
        int before = outcomes.size();
        @Nullable Pruner pruner = prunes ? new Pruner(outcomes) : null;
        int[] own = IntStream.range(0, experiments.size())
                .filter(i -> shard.has(before + i))
                .filter(i -> effort.kept().find(before + i, experiments.get(i)).isEmpty())
                .toArray();
        if (own.length == 0) {
            return;
        }
        SideBySide.each(
                own.length,
                effort.cores(),
                i -> effort.begins().test(before + own[i]),
                i -> {
                    TrialOutcome outcome =
                            folds.tried(experiments.get(own[i]), pruner).outcome();
                    effort.kept().keep(before + own[i], outcome);
                    return outcome;
                },
                outcome -> {
                    made++;
                    observer.accept(outcome.result(false));
                });
    }

    private List<TrialOutcome> found(List<Experiment> experiments) {
        int before = outcomes.size();
        return IntStream.range(0, experiments.size())
                .mapToObj(i -> effort.kept().find(before + i, experiments.get(i)))
                .flatMap(Optional::stream)
                .toList();
    }
}
