package dev.laurel.search;

import dev.laurel.definition.Definition;
import dev.laurel.learn.Checkpoint;
import dev.laurel.model.Experiment;
import dev.laurel.model.Metric;
import dev.laurel.predictor.Compiled;
import dev.laurel.sample.Sample;
import dev.laurel.search.TrialOutcome.Place;
import dev.laurel.split.Sides;
import dev.laurel.table.Table;
import dev.laurel.task.Predictions;
import dev.laurel.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What experiments learn from and are measured on. Holds nothing that changes: experiments may be tried side by side. */
final class Folds {
    private final Metric metric;
    private final @Nullable String unit;
    private final Task task;
    private final List<Lessons> lessons = new ArrayList<>();
    private final List<Sample> validation = new ArrayList<>();

    Folds(Definition definition, Table table, Task task, Sides sides) {
        this.metric = definition.gate().metric();
        this.unit = definition.trainer().parts();
        this.task = task;
        for (Sides.Fold fold : sides.folds()) {
            Lessons each = Lessons.of(definition, table, task, fold.training());
            lessons.add(each);
            validation.add(each.sample(fold.validation()));
        }
    }

    /** @param pruner knows the trials before; null where every trial comes to its end */
    Tried tried(Experiment experiment, @Nullable Pruner pruner) {
        return new Way(experiment, pruner).tried();
    }

    /** One trial on its way from fold to fold. */
    private final class Way {
        private final Experiment experiment;
        private final @Nullable Pruner pruner;
        private final List<Predictions> answers = new ArrayList<>();
        private final List<Place> places = new ArrayList<>();

        Way(Experiment experiment, @Nullable Pruner pruner) {
            this.experiment = experiment;
            this.pruner = pruner;
        }

        Tried tried() {
            for (int fold = 0; fold < lessons.size(); fold++) {
                int at = fold;
                Optional<Fitted> fitted = lessons.get(fold)
                        .fit(experiment, pruner == null ? Checkpoint.NONE : (parts, soFar) -> goesOn(at, parts, soFar));
                if (fitted.isEmpty()) {
                    return givenUp();
                }
                answers.add(answers(fold, fitted.get()));
                if (fold + 1 == lessons.size()) {
                    Predictions all = together(answers);
                    return new Tried(new TrialOutcome(experiment, all.metrics(), places, null), all, fitted.get());
                }
                if (!goesOn(fold, 0)) {
                    return givenUp();
                }
            }
            throw new IllegalStateException("a split has at least one fold");
        }

        private Predictions answers(int fold, Fitted fitted) {
            return fitted.predictions(validation.get(fold));
        }

        private boolean goesOn(int fold, int parts, Supplier<Compiled> soFar) {
            answers.add(answers(fold, lessons.get(fold).fitted(soFar.get())));
            boolean goesOn = goesOn(fold, parts);
            if (goesOn) {
                answers.remove(fold);
            }
            return goesOn;
        }

        private boolean goesOn(int fold, int parts) {
            if (pruner == null) {
                return true;
            }
            places.add(
                    new Place(fold, parts, TrialOutcome.score(together(answers).metrics(), metric)));
            return pruner.goesOn(places.get(places.size() - 1));
        }

        private Tried givenUp() {
            Predictions part = together(answers);
            String where = places.get(places.size() - 1).text(lessons.size(), unit);
            return new Tried(new TrialOutcome(experiment, part.metrics(), places, where), part, null);
        }
    }

    private Predictions together(List<Predictions> folds) {
        return new Predictions(
                task,
                folds.stream()
                        .flatMapToDouble(fold -> Arrays.stream(fold.truth()))
                        .toArray(),
                folds.stream().flatMap(fold -> Stream.of(fold.scores())).toArray(double[][]::new));
    }
}
