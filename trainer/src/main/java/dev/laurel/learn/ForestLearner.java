package dev.laurel.learn;

import dev.laurel.definition.Trainer;
import dev.laurel.predictor.Compiled;
import dev.laurel.predictor.Trees;
import java.util.List;
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
        Growth settings = growth.apply(trainer);
        TrainingRows rows = TrainingRows.of(lesson.vectors());
        Supplier<Criterion> criterion = Criterion.of(lesson);
        List<Trees.Node> grown = IntStream.range(0, settings.trees())
                .parallel()
                .mapToObj(tree -> new TreeGrower(rows, criterion.get(), settings, Seeds.random(seed, tree)).grow())
                .toList();
        return Trees.of(lesson.features(), lesson.task().outputs(), grown);
    }
}
