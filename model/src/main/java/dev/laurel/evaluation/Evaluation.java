package dev.laurel.evaluation;

import dev.laurel.model.Expect;
import dev.laurel.model.Metrics;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Metrics of binary predictions. Definitions after Fawcett, "An introduction to ROC analysis" (2006) for precision, recall, F1 and AUC;
 * Brier, "Verification of forecasts expressed in terms of probability" (1950); log loss is the mean negative log-likelihood.
 */
public final class Evaluation {
    /** Probabilities are kept this far from 0 and 1 in the log loss, so that one confident error does not make it infinite. */
    private static final double CLIP = 1e-15;

    private Evaluation() {}

    /**
     * @param positive the true labels, one for each row; at least one row
     * @param probability the predicted probabilities of the positive label, 0..1
     * @return precision, recall and F1 are 0 where their denominator is 0; AUC is NaN when only one label occurs
     */
    public static Metrics of(boolean[] positive, double[] probability) {
        Expect.that(
                positive.length == probability.length,
                "probabilities",
                probability.length,
                "one for each row: " + positive.length);
        Expect.range("evaluated rows", positive.length, 1, Integer.MAX_VALUE);
        int rows = positive.length;
        int tp = 0;
        int fp = 0;
        int tn = 0;
        int fn = 0;
        double logLoss = 0;
        double brier = 0;
        for (int i = 0; i < rows; i++) {
            double p = probability[i];
            Expect.range("probability", p, 0.0, 1.0);
            boolean predicted = isPredicted(p);
            if (predicted) {
                if (positive[i]) tp++;
                else fp++;
            } else {
                if (positive[i]) fn++;
                else tn++;
            }
            double likelihood = Math.max(CLIP, positive[i] ? p : 1 - p);
            logLoss -= Math.log(likelihood) / rows;
            double error = p - (positive[i] ? 1 : 0);
            brier += error * error / rows;
        }
        double precision = ratio(tp, tp + fp);
        double recall = ratio(tp, tp + fn);
        return new Metrics(
                rows,
                ratio(tp + tn, rows),
                precision,
                recall,
                ratio(2 * tp, 2 * tp + fp + fn),
                auc(positive, probability),
                logLoss,
                brier,
                new Metrics.Confusion(tp, fp, tn, fn));
    }

    /** Whether a probability of the positive label means that it is the predicted one. */
    static boolean isPredicted(double probability) {
        return probability >= 0.5;
    }

    private static double ratio(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    /** The Mann-Whitney form: the share of positive-negative pairs that the probability puts in order; ties count half. */
    private static double auc(boolean[] positive, double[] probability) {
        int[] order = IntStream.range(0, positive.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> probability[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double rankSum = 0;
        long positives = 0;
        for (int start = 0; start < order.length; ) {
            int end = start;
            int inTie = 0;
            while (end < order.length && probability[order[end]] == probability[order[start]]) {
                inTie += positive[order[end]] ? 1 : 0;
                end++;
            }
            double meanRank = (start + 1 + end) / 2.0;
            rankSum += inTie * meanRank;
            positives += inTie;
            start = end;
        }
        long negatives = positive.length - positives;
        return (rankSum - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
    }
}
