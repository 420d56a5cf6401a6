package dev.laurel.learn;

import dev.laurel.definition.Balance;
import dev.laurel.model.Expect;
import java.util.SortedMap;

/** Weights of rows by their labels. */
final class Weighing {
    private Weighing() {}

    /** @throws dev.laurel.model.InvalidValueException when a label has a weight and no rows */
    static Lesson weighed(Balance.Weights balance, Lesson lesson) {
        SortedMap<String, Double> named = balance.labels();
        double[] ofLabel = named == null ? balanced(lesson) : named(named, lesson);
        double[] weights = new double[lesson.rows()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = ofLabel[(int) lesson.truth()[row]];
        }
        return new Lesson(lesson.vectors(), lesson.truth(), lesson.task(), weights);
    }

    /** King and Zeng, "Logistic regression in rare events data" (2001), section 4; as scikit-learn's {@code balanced}. */
    private static double[] balanced(Lesson lesson) {
        double[] rows = lesson.labelWeights();
        int present = 0;
        for (double count : rows) {
            present += count > 0 ? 1 : 0;
        }
        double[] weights = new double[rows.length];
        for (int label = 0; label < weights.length; label++) {
            weights[label] = rows[label] > 0 ? lesson.rows() / (present * rows[label]) : 1;
        }
        return weights;
    }

    private static double[] named(SortedMap<String, Double> named, Lesson lesson) {
        named.keySet()
                .forEach(label -> Expect.that(
                        lesson.task().outputNames().contains(label),
                        "balance.labels",
                        label,
                        "a label that the training rows have: " + lesson.task().outputNames()));
        return lesson.task().outputNames().stream()
                .mapToDouble(label -> named.getOrDefault(label, 1.0))
                .toArray();
    }
}
