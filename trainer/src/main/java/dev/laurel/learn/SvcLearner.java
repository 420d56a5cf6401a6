package dev.laurel.learn;

import dev.laurel.definition.Trainer;
import dev.laurel.predictor.Compiled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Support vector machines that tell labels apart: Cortes and Vapnik, "Support-vector networks" (1995). One of two labels, the first, has a
 * machine; of more labels each has one against all others. Probabilities are scaled on decisions out of fold: each row's is that of a
 * machine that was fitted without it. Weights of rows are factors of their costs; the scaling knows none, as in LibSVM, so that probabilities
 * have the shares of the rows.
 */
final class SvcLearner implements Learner<Trainer.Svc> {
    private static final int FOLDS = 5;

    /** The seed says which rows are in which fold. */
    @Override
    public Compiled fit(Trainer.Svc trainer, Lesson lesson, long seed) {
        KernelRows kernel = KernelRows.of(lesson.vectors(), trainer.kernel(), trainer.gamma());
        int labels = lesson.task().outputs();
        int[] place = lesson.labels();
        int[] fold = folds(place, labels, Seeds.random(seed, 0));
        int[] all = IntStream.range(0, lesson.rows()).toArray();
        double[] costs = new double[lesson.rows()];
        for (int row = 0; row < costs.length; row++) {
            costs[row] = trainer.cost() * lesson.weight(row);
        }
        List<Machine> machines = new ArrayList<>();
        List<Platt> scales = new ArrayList<>();
        for (int label = 0; label < (labels == 2 ? 1 : labels); label++) {
            boolean[] isPositive = new boolean[lesson.rows()];
            for (int row = 0; row < isPositive.length; row++) {
                isPositive[row] = place[row] == label;
            }
            machines.add(Machine.ofLabels(kernel, all, isPositive, costs, Smo.TOLERANCE));
            scales.add(Platt.of(outOfFold(kernel, fold, isPositive, costs), isPositive));
        }
        return Machine.compile(kernel, labels, machines, scales);
    }

    /** The fold of each row. Rows of each label are dealt out in turn, in random order, so that every fold has its share. */
    private static int[] folds(int[] label, int labels, Random random) {
        int[] order = IntStream.range(0, label.length).toArray();
        for (int left = order.length; left > 1; left--) {
            int chosen = random.nextInt(left);
            int row = order[chosen];
            order[chosen] = order[left - 1];
            order[left - 1] = row;
        }
        int[] fold = new int[label.length];
        int next = 0;
        for (int each = 0; each < labels; each++) {
            for (int row : order) {
                if (label[row] == each) {
                    fold[row] = next++ % FOLDS;
                }
            }
        }
        return fold;
    }

    /** Side by side: each fold's decisions are of other rows. */
    private static double[] outOfFold(KernelRows kernel, int[] fold, boolean[] isPositive, double[] costs) {
        double[] decisions = new double[fold.length];
        IntStream.range(0, FOLDS).parallel().forEach(out -> {
            int[] inside = IntStream.range(0, fold.length)
                    .filter(row -> fold[row] != out)
                    .toArray();
            int[] outside = IntStream.range(0, fold.length)
                    .filter(row -> fold[row] == out)
                    .toArray();
            if (inside.length > 0 && outside.length > 0) {
                double[] said = Machine.ofLabels(kernel, inside, isPositive, costs, Smo.TOLERANCE)
                        .decide(kernel, outside);
                for (int i = 0; i < outside.length; i++) {
                    decisions[outside[i]] = said[i];
                }
            }
        });
        return decisions;
    }
}
