package dev.laurel.learn;

import dev.laurel.definition.Trainer;
import dev.laurel.predictor.Compiled;
import dev.laurel.predictor.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Trees whose leaves are averaged: random forests after Breiman, "Random Forests" (2001), and their relatives. Trees
 * grow side by side, each with random numbers of its own, so that their number and the number of cores change nothing
 * in any of them.
 */
final class ForestLearner<T extends Trainer> implements Learner<T> {
    private final Function<T, Growth> growth;

    ForestLearner(Function<T, Growth> growth) {
        this.growth = growth;
    }

    @Override
    public Compiled fit(T trainer, Lesson lesson, long seed) {
        return fit(trainer, lesson, seed, Checkpoint.NONE).orElseThrow();
    }

    @Override
    public Optional<Compiled> fit(T trainer, Lesson lesson, long seed, Checkpoint checkpoint) {
        Growth settings = growth.apply(trainer);
        TrainingRows rows = TrainingRows.of(lesson.vectors());
        Supplier<Criterion> criterion = Criterion.of(lesson);
        List<Trees.Node> grown = new ArrayList<>();
        while (grown.size() < settings.trees()) {
            int next = checkpoint == Checkpoint.NONE ? settings.trees() : Math.max(Checkpoint.FIRST, 2 * grown.size());
            grown.addAll(IntStream.range(grown.size(), Math.min(next, settings.trees()))
                    .parallel()
                    .mapToObj(tree -> new TreeGrower(rows, criterion.get(), settings, Seeds.random(seed, tree)).grow())
                    .toList());
            if (grown.size() < settings.trees() && !checkpoint.goesOn(grown.size(), () -> compiled(lesson, grown))) {
                return Optional.empty();
            }
        }
        return Optional.of(compiled(lesson, grown));
    }

    private static Compiled compiled(Lesson lesson, List<Trees.Node> grown) {
        return Trees.of(lesson.features(), lesson.task().outputs(), grown);
    }
}
