package dev.laurel.card;

import dev.laurel.task.Predictions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The receiver operating characteristic after Fawcett, "An introduction to ROC analysis" (2006), algorithm 1: one point for each
 * distinct probability of the first label, so that ties make a slope instead of a step.
 *
 * @param points from (0, 0) to (1, 1); empty when only one label occurs
 */
record RocCurve(List<Point> points) {

    /** Both rates are 0..1. */
    record Point(double falsePositiveRate, double truePositiveRate) {}

    static RocCurve of(Predictions predictions) {
        double[] truth = predictions.truth();
        double[][] scores = predictions.scores();
        long positives = DoubleStream.of(truth).filter(label -> label == 0).count();
        long negatives = truth.length - positives;
        if (positives == 0 || negatives == 0) {
            return new RocCurve(List.of());
        }
        int[] falling = IntStream.range(0, truth.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i][0]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Point> points = new ArrayList<>();
        int truePositives = 0;
        int falsePositives = 0;
        double above = Double.POSITIVE_INFINITY;
        for (int i : falling) {
            if (scores[i][0] != above) {
                points.add(new Point((double) falsePositives / negatives, (double) truePositives / positives));
                above = scores[i][0];
            }
            if (truth[i] == 0) {
                truePositives++;
            } else {
                falsePositives++;
            }
        }
        points.add(new Point(1, 1));
        return new RocCurve(List.copyOf(points));
    }
}
