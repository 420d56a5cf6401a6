package dev.laurel.learn;

import dev.laurel.definition.Trainer;
import dev.laurel.predictor.Compiled;
import dev.laurel.predictor.Linear;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Multinomial logistic regression: the weights with the least mean log loss plus {@code penalty / 2} times the sum of
 * their squares; see Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning" (2009), section 4.4. Of
 * two labels only the first has weights, as is usual; the other's sum is 0.
 */
final class LogisticLearner implements Learner<Trainer.Logistic> {

    /** Draws nothing: the seed does not matter. */
    @Override
    public Compiled fit(Trainer.Logistic trainer, Lesson lesson, long seed) {
        return fit(trainer, lesson, seed, Checkpoint.NONE).orElseThrow();
    }

    @Override
    public Optional<Compiled> fit(Trainer.Logistic trainer, Lesson lesson, long seed, Checkpoint checkpoint) {
        int labels = lesson.task().outputs();
        int features = lesson.features();
        Centred[] columns = Centred.columns(lesson.vectors());
        double[] scales = scales(columns, trainer.penalty());
        double[][] vectors = scaled(columns, scales, lesson.rows());
        Loss loss = new Loss(vectors, lesson, lesson.labels(), labels == 2 ? 1 : labels, trainer.penalty(), scales);
        Function<double[], Compiled> compile = point -> compiled(point, loss, columns, labels);
        return Lbfgs.least(loss, loss.free() * (features + 1), Watch.of(checkpoint, compile))
                .map(compile);
    }

    private static Compiled compiled(double[] found, Loss loss, Centred[] columns, int labels) {
        int features = columns.length;
        double[] weights = new double[features * labels];
        double[] intercepts = new double[labels];
        for (int label = 0; label < loss.free(); label++) {
            int at = label * (features + 1);
            intercepts[label] = found[at + features];
            for (int feature = 0; feature < features; feature++) {
                double weight = found[at + feature] / loss.scales()[feature];
                weights[label * features + feature] = weight;
                intercepts[label] -= weight * columns[feature].mean();
            }
        }
        return new Linear(features, true, weights, intercepts);
    }

    /**
     * By which features are divided so that the loss bends about as much with each weight, which saves many steps and
     * changes no result.
     */
    private static double[] scales(Centred[] columns, double penalty) {
        double[] scales = new double[columns.length];
        for (int feature = 0; feature < scales.length; feature++) {
            double[] deviations = columns[feature].deviations();
            double scale = Math.sqrt(Centred.dot(deviations, deviations) / deviations.length + penalty);
            scales[feature] = scale > 0 ? scale : 1;
        }
        return scales;
    }

    private static double[][] scaled(Centred[] columns, double[] scales, int rows) {
        double[][] vectors = new double[rows][columns.length];
        for (int row = 0; row < rows; row++) {
            for (int feature = 0; feature < columns.length; feature++) {
                vectors[row][feature] = columns[feature].deviations()[row] / scales[feature];
            }
        }
        return vectors;
    }

    /**
     * The function that is minimised. Its points have for each free label the weights of the scaled features, then the
     * intercept.
     *
     * @param free labels with weights; one that follows them has none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Loss(double[][] vectors, Lesson lesson, int[] label, int free, double penalty, double[] scales)
            implements Lbfgs.Function {

        @Override
        public double value(double[] point, double[] gradient) {
            int features = scales.length;
            double[] sums = new double[Math.max(2, free)];
            Arrays.fill(gradient, 0);
            double loss = 0;
            for (int row = 0; row < vectors.length; row++) {
                double[] vector = vectors[row];
                for (int each = 0; each < free; each++) {
                    int at = each * (features + 1);
                    double sum = point[at + features];
                    for (int feature = 0; feature < features; feature++) {
                        sum += point[at + feature] * vector[feature];
                    }
                    sums[each] = sum;
                }
                if (free == 1) {
                    sums[1] = 0;
                }
                double part = lesson.weight(row) / vectors.length;
                loss += toShares(sums, label[row]) * part;
                for (int each = 0; each < free; each++) {
                    int at = each * (features + 1);
                    double slope = (sums[each] - (label[row] == each ? 1 : 0)) * part;
                    for (int feature = 0; feature < features; feature++) {
                        gradient[at + feature] += slope * vector[feature];
                    }
                    gradient[at + features] += slope;
                }
            }
            return loss + addPenalty(point, gradient);
        }

        private double addPenalty(double[] point, double[] gradient) {
            int features = scales.length;
            double sum = 0;
            for (int each = 0; each < free; each++) {
                for (int feature = 0; feature < features; feature++) {
                    int at = each * (features + 1) + feature;
                    double weight = point[at] / scales[feature];
                    sum += penalty / 2 * weight * weight;
                    gradient[at] += penalty * weight / scales[feature];
                }
            }
            return sum;
        }

        /** Turns the sums into their softmax; gives the negative logarithm of the share of the true label. */
        private static double toShares(double[] sums, int truth) {
            double highest = Double.NEGATIVE_INFINITY;
            for (double sum : sums) {
                highest = Math.max(highest, sum);
            }
            double below = highest - sums[truth];
            double total = 0;
            for (int each = 0; each < sums.length; each++) {
                // StrictMath, so that every machine learns the same.
                sums[each] = StrictMath.exp(sums[each] - highest);
                total += sums[each];
            }
            for (int each = 0; each < sums.length; each++) {
                sums[each] /= total;
            }
            return StrictMath.log(total) + below;
        }
    }
}
