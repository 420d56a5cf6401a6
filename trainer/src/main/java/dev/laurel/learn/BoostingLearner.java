package dev.laurel.learn;

import dev.laurel.definition.Trainer;
import dev.laurel.predictor.BoostedTrees;
import dev.laurel.predictor.Compiled;
import dev.laurel.predictor.Trees.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Gradient boosting as XGBoost does it, with the exact greedy algorithm: Chen and Guestrin, "XGBoost: a scalable tree boosting system"
 * (2016); with a share of the rows for each tree, Friedman, "Stochastic gradient boosting" (2002). The trees of one round, one for each
 * label, grow side by side.
 */
final class BoostingLearner implements Learner<Trainer.GradientBoosting> {

    @Override
    public Compiled fit(Trainer.GradientBoosting trainer, Lesson lesson, long seed) {
        return fit(trainer, lesson, seed, Checkpoint.NONE).orElseThrow();
    }

    @Override
    public Optional<Compiled> fit(Trainer.GradientBoosting trainer, Lesson lesson, long seed, Checkpoint checkpoint) {
        TrainingRows rows = TrainingRows.of(lesson.vectors());
        Loss loss = new Loss(lesson);
        Growth growth = new Growth(trainer.trees(), trainer.depth(), 1, 2, 1, false, false);
        double[] bases = loss.bases();
        double[][] margins = new double[loss.sums()][lesson.rows()];
        for (int sum = 0; sum < margins.length; sum++) {
            Arrays.fill(margins[sum], bases[sum]);
        }
        double[][] first = new double[loss.sums()][lesson.rows()];
        double[][] second = new double[loss.sums()][lesson.rows()];
        List<Node> trees = new ArrayList<>();
        for (int round = 0; round < trainer.trees(); round++) {
            loss.derivatives(margins, first, second);
            int[] drawn = drawn(lesson.rows(), trainer.subsample(), Seeds.random(seed, round));
            int part = round * loss.sums();
            trees.addAll(IntStream.range(0, loss.sums())
                    .parallel()
                    .mapToObj(sum -> {
                        Criterion criterion = new SecondOrder(
                                first[sum],
                                second[sum],
                                trainer.learningRate(),
                                trainer.lambda(),
                                trainer.minimumChildWeight());
                        Random random = Seeds.random(~seed, part + sum);
                        Node tree = new TreeGrower(rows, criterion, growth, random, drawn).grow();
                        add(tree, lesson.vectors(), margins[sum]);
                        return tree;
                    })
                    .toList());
            if (Checkpoint.isDue(round + 1)
                    && round + 1 < trainer.trees()
                    && !checkpoint.goesOn(
                            round + 1, () -> BoostedTrees.of(lesson.features(), loss.link(), bases, trees))) {
                return Optional.empty();
            }
        }
        return Optional.of(BoostedTrees.of(lesson.features(), loss.link(), bases, trees));
    }

    /** That many of the rows once, each set of them as likely as another: Knuth, "The Art of Computer Programming" 3.4.2, algorithm S. */
    private static int[] drawn(int rows, double share, Random random) {
        int[] drawn = new int[rows];
        int left = Math.max(1, (int) (share * rows));
        for (int row = 0; row < rows; row++) {
            if (random.nextDouble() * (rows - row) < left) {
                drawn[row] = 1;
                left--;
            }
        }
        return drawn;
    }

    private static void add(Node tree, double[][] vectors, double[] margins) {
        IntStream.range(0, margins.length).parallel().forEach(row -> {
            Node node = tree;
            while (node instanceof Node.Split split) {
                node = vectors[row][split.feature()] > split.threshold() ? split.greater() : split.lessOrEqual();
            }
            margins[row] += ((Node.Leaf) node).scores().get(0);
        });
    }
}
