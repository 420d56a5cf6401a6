package dev.laurel.learn;

import dev.laurel.model.Expect;
import dev.laurel.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * What a learner learns from.
 *
 * @param vectors the features of each training row
 * @param truth the true answer of each training row: the place of its label, or its value
 * @param weights how much each row counts, above 0; null where each counts the same
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Lesson(double[][] vectors, double[] truth, Task task, double @Nullable [] weights) {
    /** Up to here sums of squares stay finite. */
    private static final double LARGEST = 1e100;

    /** Each row counts the same. */
    public Lesson(double[][] vectors, double[] truth, Task task) {
        this(vectors, truth, task, null);
    }

    /** @throws dev.laurel.model.InvalidValueException when nothing can be learned from it */
    public Lesson {
        Expect.that(vectors.length >= 1, "training rows", 0, "at least one");
        Expect.that(vectors[0].length >= 1, "features", 0, "at least one");
        Expect.that(
                truth.length == vectors.length,
                "true answers",
                truth.length,
                "one for each of %s rows".formatted(vectors.length));
        for (int row = 0; row < vectors.length; row++) {
            checkVector(vectors[row], row, vectors[0].length);
            checkTruth(truth[row], row, task);
        }
        task.expectLearnable(truth);
    }

    private static void checkVector(double[] vector, int row, int features) {
        if (vector.length != features) {
            Expect.that(false, "features of training row " + row, vector.length, features + ", as in the first");
        }
        for (int feature = 0; feature < features; feature++) {
            // Asked before, since there are too many of them to name each.
            if (!isUsable(vector[feature])) {
                Expect.that(
                        false,
                        "feature %s of training row %s".formatted(feature, row),
                        vector[feature],
                        "a finite number up to " + LARGEST);
            }
        }
    }

    private static void checkTruth(double answer, int row, Task task) {
        if (!isUsable(answer)) {
            Expect.that(false, "true answer of training row " + row, answer, "a finite number up to " + LARGEST);
        }
        if (task.isOfLabels() && !(answer == (int) answer && answer >= 0 && answer < task.outputs())) {
            Expect.that(false, "label of training row " + row, answer, "0.." + (task.outputs() - 1));
        }
    }

    private static boolean isUsable(double value) {
        return Math.abs(value) <= LARGEST;
    }

    int rows() {
        return vectors.length;
    }

    int features() {
        return vectors[0].length;
    }

    double weight(int row) {
        return weights == null ? 1 : weights[row];
    }

    /** The rows of each label together, by their weight. */
    double[] labelWeights() {
        double[] sums = new double[task.outputs()];
        for (int row = 0; row < truth.length; row++) {
            sums[(int) truth[row]] += weight(row);
        }
        return sums;
    }

    /** The place of the label of each row. */
    int[] labels() {
        int[] labels = new int[truth.length];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = (int) truth[row];
        }
        return labels;
    }
}
