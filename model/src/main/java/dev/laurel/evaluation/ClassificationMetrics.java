package dev.laurel.evaluation;

import dev.laurel.model.Expect;
import dev.laurel.model.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Metrics of predicted labels and their probabilities. With two labels the first is the positive one, and precision, recall, F1, AUC and
 * PR-AUC are its own; with more they are the mean over all labels, each against the rest (macro). Definitions after Fawcett, "An introduction
 * to ROC analysis" (2006); average precision for PR-AUC, as Davis and Goadrich (2006) argue against interpolating; Brier (1950); the expected
 * calibration error of Naeini, Cooper and Hauskrecht (2015) with ten bins of equal width, with more than two labels of the predicted label
 * (Guo et al. 2017); log loss is the mean negative log-likelihood.
 */
public final class ClassificationMetrics {
    /** Probabilities are kept this far from 0 and 1 in the log loss, so that one confident error does not make it infinite. */
    private static final double CLIP = 1e-15;

    private final int labels;
    private final double[] truth;
    private final double[][] scores;
    private final int[][] counts;

    private ClassificationMetrics(int labels, double[] truth, double[][] scores) {
        this.labels = labels;
        this.truth = truth;
        this.scores = scores;
        this.counts = new int[labels][labels];
    }

    /**
     * @param truth the place of the true label of each row; at least one row
     * @param scores the probabilities of all labels for each row, 0..1
     * @return precision, recall and F1 are 0 where their denominator is 0; AUC is NaN where a label has no rows or all, PR-AUC where one
     *     has none
     */
    public static Metrics of(List<String> labels, double[] truth, double[][] scores) {
        Expect.that(scores.length == truth.length, "probabilities", scores.length, "one for each row: " + truth.length);
        Expect.range("evaluated rows", truth.length, 1, Integer.MAX_VALUE);
        return new ClassificationMetrics(labels.size(), truth, scores).metrics(labels);
    }

    /** The place of the label with the highest probability, the first of equals. */
    public static int predicted(double[] scores) {
        int best = 0;
        for (int label = 1; label < scores.length; label++) {
            if (scores[label] > scores[best]) {
                best = label;
            }
        }
        return best;
    }

    private Metrics metrics(List<String> names) {
        int rows = truth.length;
        int right = 0;
        double logLoss = 0;
        double brier = 0;
        for (int row = 0; row < rows; row++) {
            int label = (int) truth[row];
            int predicted = predicted(scores[row]);
            counts[label][predicted]++;
            right += label == predicted ? 1 : 0;
            logLoss -= Math.log(Math.max(CLIP, scores[row][label])) / rows;
            brier += brier(scores[row], label) / rows;
        }
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        values.put(Metric.ACCURACY, (double) right / rows);
        values.put(Metric.BALANCED_ACCURACY, balancedAccuracy());
        values.put(Metric.PRECISION, mean(label -> ratio(counts[label][label], predictedAs(label))));
        values.put(Metric.RECALL, mean(label -> ratio(counts[label][label], support(label))));
        values.put(
                Metric.F1, mean(label -> ratio(2L * counts[label][label], predictedAs(label) + (long) support(label))));
        values.put(Metric.AUC, mean(this::auc));
        values.put(Metric.PR_AUC, mean(this::averagePrecision));
        values.put(Metric.LOG_LOSS, logLoss);
        values.put(Metric.BRIER, brier);
        values.put(Metric.CALIBRATION_ERROR, Reliability.of(truth, scores).error());
        return Metrics.of(rows, values, new Metrics.Confusion(names, lists(counts)));
    }

    private double brier(double[] probabilities, int label) {
        for (double probability : probabilities) {
            Expect.range("probability", probability, 0.0, 1.0);
        }
        if (labels == 2) {
            double error = probabilities[0] - (label == 0 ? 1 : 0);
            return error * error;
        }
        double sum = 0;
        for (int other = 0; other < labels; other++) {
            double error = probabilities[other] - (other == label ? 1 : 0);
            sum += error * error;
        }
        return sum;
    }

    /** Of the positive label where there are two, else the mean over all. */
    private double mean(IntToDoubleFunction value) {
        return labels == 2
                ? value.applyAsDouble(0)
                : IntStream.range(0, labels).mapToDouble(value).average().orElseThrow();
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private int support(int label) {
        return IntStream.of(counts[label]).sum();
    }

    private int predictedAs(int label) {
        return IntStream.range(0, labels).map(truth -> counts[truth][label]).sum();
    }

    /** The mean recall of the labels that occur. */
    private double balancedAccuracy() {
        return IntStream.range(0, labels)
                .filter(label -> support(label) > 0)
                .mapToDouble(label -> ratio(counts[label][label], support(label)))
                .average()
                .orElseThrow();
    }

    private int[] byRisingScore(int label) {
        return IntStream.range(0, truth.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> scores[row][label]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The Mann-Whitney form: the share of pairs of a row with the label and one without that the probability orders; ties count half. */
    private double auc(int label) {
        int[] order = byRisingScore(label);
        double rankSum = 0;
        long positives = 0;
        for (int start = 0; start < order.length; ) {
            int end = start;
            int inTie = 0;
            while (end < order.length && scores[order[end]][label] == scores[order[start]][label]) {
                inTie += truth[order[end]] == label ? 1 : 0;
                end++;
            }
            rankSum += inTie * ((start + 1 + end) / 2.0);
            positives += inTie;
            start = end;
        }
        long negatives = truth.length - positives;
        return (rankSum - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
    }

    /** The mean of the precisions at each distinct probability, weighed by the recall that it adds. */
    private double averagePrecision(int label) {
        int[] order = byRisingScore(label);
        int positives = support(label);
        double sum = 0;
        int seen = 0;
        int right = 0;
        for (int start = order.length - 1; start >= 0; ) {
            int end = start;
            int inTie = 0;
            while (end >= 0 && scores[order[end]][label] == scores[order[start]][label]) {
                inTie += truth[order[end]] == label ? 1 : 0;
                end--;
            }
            seen += start - end;
            right += inTie;
            sum += (double) inTie / positives * right / seen;
            start = end;
        }
        return positives == 0 ? Double.NaN : sum;
    }

    private static List<List<Integer>> lists(int[][] counts) {
        List<List<Integer>> lists = new ArrayList<>();
        for (int[] row : counts) {
            lists.add(IntStream.of(row).boxed().toList());
        }
        return lists;
    }
}
