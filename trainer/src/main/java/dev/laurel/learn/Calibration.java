package dev.laurel.learn;

import dev.laurel.definition.Calibrate;
import dev.laurel.predictor.Calibrated;
import dev.laurel.predictor.Calibrated.Curve;
import dev.laurel.predictor.Calibrated.Points;
import dev.laurel.predictor.Calibrated.Sigmoid;
import dev.laurel.predictor.Compiled;
import dev.laurel.task.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Fits what makes the probabilities of a model mean what they say. */
public final class Calibration {
    private Calibration() {}

    /**
     * Takes back what balancing did to the shares of the labels: Elkan, "The foundations of cost-sensitive learning" (2001), theorem 2. Exact
     * where the model's probabilities are those of the rows that it learned from. A label that does not occur keeps its probability of about 0.
     *
     * @param before the rows as they are
     * @param after what was learned from
     */
    public static Compiled ofPriors(Compiled compiled, Lesson before, Lesson after) {
        double[] was = before.labelWeights();
        double[] is = after.labelWeights();
        double[] factors = new double[was.length];
        for (int label = 0; label < factors.length; label++) {
            factors[label] = is[label] > 0 ? was[label] / is[label] : 0;
        }
        double greatest = Arrays.stream(factors).max().orElseThrow();
        List<Curve> curves = new ArrayList<>();
        for (double factor : factors) {
            curves.add(new Points(new double[] {0, 1}, new double[] {0, factor / greatest}));
        }
        return new Calibrated(curves, compiled);
    }

    /**
     * @param kind one that learns from rows
     * @param answers of the model, or of one like it, for rows that it did not learn from
     */
    public static Compiled of(Calibrate kind, Compiled compiled, Predictions answers) {
        int labels = answers.task().outputs();
        List<Curve> curves = new ArrayList<>();
        for (int label = 0; label < (labels == 2 ? 1 : labels); label++) {
            double[] probabilities = new double[answers.rows()];
            boolean[] isPositive = new boolean[answers.rows()];
            for (int row = 0; row < isPositive.length; row++) {
                probabilities[row] = Math.min(1, answers.scores()[row][label]);
                isPositive[row] = answers.truth()[row] == label;
            }
            curves.add(
                    kind == Calibrate.SIGMOID
                            ? sigmoid(probabilities, isPositive)
                            : Isotonic.of(probabilities, isPositive));
        }
        if (labels == 2) {
            curves.add(curves.get(0).mirrored());
        }
        return new Calibrated(curves, compiled);
    }

    /**
     * What a model says once it has its curves.
     *
     * @param calibrated by {@link #of}
     * @param answers without them
     */
    public static Predictions answers(Compiled calibrated, Predictions answers) {
        Calibrated curves = (Calibrated) calibrated;
        return new Predictions(
                answers.task(),
                answers.truth(),
                Arrays.stream(answers.scores())
                        .map(scores -> {
                            double[] led = scores.clone();
                            curves.lead(led);
                            return led;
                        })
                        .toArray(double[][]::new));
    }

    private static Curve sigmoid(double[] probabilities, boolean[] isPositive) {
        Platt scale =
                Platt.of(Arrays.stream(probabilities).map(Sigmoid::logOdds).toArray(), isPositive);
        return new Sigmoid(scale.slope(), scale.offset());
    }
}
