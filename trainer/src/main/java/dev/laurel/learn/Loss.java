package dev.laurel.learn;

import dev.laurel.predictor.BoostedTrees.Link;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What boosted trees make small: half the squared error of values, the log loss of labels. Of two labels the first has the one sum, of more
 * each has its own.
 */
final class Loss {
    /** Second derivatives are at least so large, as in XGBoost: where a row is certain they would be 0. */
    private static final double LEAST = 1e-16;

    private final Link link;
    private final Lesson lesson;
    private final double[] truth;
    private final int sums;

    Loss(Lesson lesson) {
        int outputs = lesson.task().outputs();
        this.lesson = lesson;
        this.truth = lesson.truth();
        this.link = lesson.task().isOfLabels() ? outputs == 2 ? Link.LOGISTIC : Link.SOFTMAX : Link.IDENTITY;
        this.sums = link == Link.SOFTMAX ? outputs : 1;
    }

    Link link() {
        return link;
    }

    int sums() {
        return sums;
    }

    /** With what each sum begins: the mean, or the logarithms of the shares; a label that does not occur counts as half a row. */
    double[] bases() {
        if (link == Link.IDENTITY) {
            return new double[] {Centred.mean(truth)};
        }
        double[] rows = lesson.labelWeights();
        if (link == Link.LOGISTIC) {
            return new double[] {StrictMath.log(rows[0] / rows[1])};
        }
        double all = Arrays.stream(rows).sum();
        double[] bases = new double[sums];
        for (int label = 0; label < sums; label++) {
            bases[label] = StrictMath.log(Math.max(0.5, rows[label]) / all);
        }
        return bases;
    }

    /**
     * Side by side: no row's depend on another's.
     *
     * @param margins what the trees so far say, by sum and row
     * @param first takes the first derivatives, by sum and row
     * @param second takes the second derivatives, by sum and row
     */
    void derivatives(double[][] margins, double[][] first, double[][] second) {
        IntStream.range(0, truth.length).parallel().forEach(row -> {
            switch (link) {
                case IDENTITY -> {
                    first[0][row] = margins[0][row] - truth[row];
                    second[0][row] = 1;
                }
                case LOGISTIC -> {
                    double share = 1 / (1 + StrictMath.exp(-margins[0][row]));
                    first[0][row] = share - (truth[row] == 0 ? 1 : 0);
                    second[0][row] = Math.max(LEAST, share * (1 - share));
                }
                case SOFTMAX -> softmax(row, margins, first, second);
            }
            weigh(row, first, second);
        });
    }

    private void weigh(int row, double[][] first, double[][] second) {
        if (lesson.weights() != null) {
            for (int sum = 0; sum < sums; sum++) {
                first[sum][row] *= lesson.weight(row);
                second[sum][row] *= lesson.weight(row);
            }
        }
    }

    /** The second derivatives are taken twice, as in XGBoost: with the others held fast they would promise too much. */
    private void softmax(int row, double[][] margins, double[][] first, double[][] second) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double[] margin : margins) {
            highest = Math.max(highest, margin[row]);
        }
        double total = 0;
        for (int label = 0; label < sums; label++) {
            first[label][row] = StrictMath.exp(margins[label][row] - highest);
            total += first[label][row];
        }
        for (int label = 0; label < sums; label++) {
            double share = first[label][row] / total;
            first[label][row] = share - (truth[row] == label ? 1 : 0);
            second[label][row] = Math.max(LEAST, 2 * share * (1 - share));
        }
    }
}
