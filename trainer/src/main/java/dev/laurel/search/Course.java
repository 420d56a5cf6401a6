package dev.laurel.search;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Search;
import dev.laurel.definition.Search.Pruning;
import dev.laurel.definition.Trial;
import dev.laurel.definition.Trials;
import dev.laurel.evaluation.Report.ExperimentResult;
import dev.laurel.model.Experiment;
import dev.laurel.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The trials of one search. */
final class Course {
    private final Folds folds;
    private final Trials trials;
    private final Metric metric;
    private final @Nullable Pruning pruning;
    private final Effort effort;
    private final Consumer<ExperimentResult> observer;
    private final List<TrialOutcome> outcomes = new ArrayList<>();
    private int best;

    /** The best trial of those that were made here, and its number; of no others is anything in memory. */
    private @Nullable Tried bestHere;

    private int bestHereIs;

    Course(Folds folds, Definition definition, Effort effort, Consumer<ExperimentResult> observer) {
        this.folds = folds;
        this.trials = definition.trials();
        this.metric = definition.gate().metric();
        Search search = definition.search();
        this.pruning = search == null ? null : search.prune();
        this.effort = effort;
        this.observer = observer;
    }

    void run() {
        List<Experiment> next = next();
        while (!next.isEmpty()) {
            int before = outcomes.size();
            block(next);
            next = outcomes.size() == before + next.size() ? next() : List.of();
        }
    }

    private List<Experiment> next() {
        List<Experiment> next = trials.next(
                outcomes.stream().map(outcome -> outcome.trial(metric)).toList());
        return pruning == null ? next : next.subList(0, Math.min(Pruner.BLOCK, next.size()));
    }

    private void block(List<Experiment> experiments) {
        int before = outcomes.size();
        @Nullable Pruner pruner = pruning == null ? null : new Pruner(outcomes);
        SideBySide.each(
                experiments.size(),
                effort.cores(),
                i -> before + i == 0 || effort.begins().test(before + i),
                i -> outcome(before + i, experiments.get(i), pruner),
                this::add);
    }

    private TrialOutcome outcome(int number, Experiment experiment, @Nullable Pruner pruner) {
        return effort.kept().find(number, experiment).orElseGet(() -> {
            Tried tried = folds.tried(experiment, pruner);
            effort.kept().keep(number, tried.outcome());
            remember(number, tried);
            return tried.outcome();
        });
    }

    private synchronized void remember(int number, Tried tried) {
        Tried known = bestHere;
        if (known == null || isBefore(number, tried.outcome(), bestHereIs, known.outcome())) {
            bestHere = tried;
            bestHereIs = number;
        }
    }

    private void add(TrialOutcome outcome) {
        outcomes.add(outcome);
        int number = outcomes.size() - 1;
        if (isBefore(number, outcome, best, outcomes.get(best))) {
            best = number;
        }
        observer.accept(outcome.result(false));
    }

    /** Better, or as good and listed before. */
    private boolean isBefore(int number, TrialOutcome outcome, int otherNumber, TrialOutcome other) {
        Trial trial = outcome.trial(metric);
        Trial against = other.trial(metric);
        return trial.isBetterThan(against) || (number < otherNumber && !against.isBetterThan(trial));
    }

    /** The best trial, the first of equals; made again where that was not done here. */
    synchronized Tried winner() {
        Tried here = bestHere;
        return here != null && bestHereIs == best
                ? here
                : folds.tried(outcomes.get(best).experiment(), null);
    }

    List<ExperimentResult> results() {
        return IntStream.range(0, outcomes.size())
                .mapToObj(i -> outcomes.get(i).result(i == best))
                .toList();
    }
}
