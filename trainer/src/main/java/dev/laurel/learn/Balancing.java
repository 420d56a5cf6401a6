package dev.laurel.learn;

import dev.laurel.definition.Balance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Lessons in which rare labels have more to say. The list of the ways to that is here. */
public final class Balancing {
    private static final List<Kind<?>> KINDS = List.of(
            new Kind<>(Balance.Smote.class, smote -> more(new Smote(smote.neighbours()))),
            new Kind<>(Balance.Oversample.class, oversample -> more(new Copies())),
            new Kind<>(Balance.Weights.class, weights -> (lesson, seed) -> Weighing.weighed(weights, lesson)));

    private record Kind<T extends Balance>(Class<T> type, Function<T, Way> way) {
        Way of(Balance balance) {
            return way.apply(type.cast(balance));
        }
    }

    /** The same for the same seed. */
    @FunctionalInterface
    private interface Way {
        Lesson balanced(Lesson lesson, long seed);
    }

    private Balancing() {}

    /** The same for the same seed. */
    public static Lesson balanced(Balance balance, Lesson lesson, long seed) {
        return KINDS.stream()
                .filter(kind -> kind.type.isInstance(balance))
                .findFirst()
                .orElseThrow()
                .of(balance)
                .balanced(lesson, seed);
    }

    private static Way more(Multiplier multiplier) {
        return (lesson, seed) -> multiplied(multiplier, lesson, seed);
    }

    /** The rows of the lesson, and behind them those that are made, label by label, until each label that occurs has as many. */
    private static Lesson multiplied(Multiplier multiplier, Lesson lesson, long seed) {
        List<double[]> vectors = new ArrayList<>(Arrays.asList(lesson.vectors()));
        List<Double> truth = new ArrayList<>();
        Arrays.stream(lesson.truth()).forEach(truth::add);
        int[] counts = new int[lesson.task().outputs()];
        for (int label : lesson.labels()) {
            counts[label]++;
        }
        int most = Arrays.stream(counts).max().orElseThrow();
        for (int label = 0; label < counts.length; label++) {
            if (counts[label] > 0 && counts[label] < most) {
                double[][] rows = rows(lesson, label);
                // Other parts of the seed than those that learners use, which count from 0.
                vectors.addAll(multiplier.more(rows, most - rows.length, Seeds.random(seed, -2 - label)));
                truth.addAll(Collections.nCopies(most - rows.length, (double) label));
            }
        }
        return new Lesson(
                vectors.toArray(double[][]::new),
                truth.stream().mapToDouble(Double::doubleValue).toArray(),
                lesson.task());
    }

    private static double[][] rows(Lesson lesson, int label) {
        List<double[]> rows = new ArrayList<>();
        for (int row = 0; row < lesson.rows(); row++) {
            if (lesson.truth()[row] == label) {
                rows.add(lesson.vectors()[row]);
            }
        }
        return rows.toArray(double[][]::new);
    }
}
