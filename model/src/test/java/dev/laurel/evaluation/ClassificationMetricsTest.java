package dev.laurel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Metric;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassificationMetricsTest {

    @Test
    void countsAndAveragesByHand() {
        Metrics metrics =
                binary(new boolean[] {true, true, false, false, true}, new double[] {0.9, 0.6, 0.7, 0.2, 0.4});

        assertThat(metrics.rows()).isEqualTo(5);
        assertThat(metrics.confusion())
                .isEqualTo(new Metrics.Confusion(List.of("YES", "NO"), List.of(List.of(2, 1), List.of(1, 1))));
        assertThat(metrics.get(Metric.ACCURACY)).isEqualTo(3 / 5.0);
        assertThat(metrics.get(Metric.PRECISION)).isEqualTo(2 / 3.0);
        assertThat(metrics.get(Metric.RECALL)).isEqualTo(2 / 3.0);
        assertThat(metrics.get(Metric.F1)).isEqualTo(4 / 6.0);
        // Of the six pairs of a positive and a negative row four are in order: 0.9 > 0.7 and all three > 0.2.
        assertThat(metrics.get(Metric.AUC)).isCloseTo(4 / 6.0, within(1e-15));
        // Recall of both labels: 2 of 3, 1 of 2.
        assertThat(metrics.get(Metric.BALANCED_ACCURACY)).isCloseTo((2 / 3.0 + 1 / 2.0) / 2, within(1e-15));
        // From the highest probability on, the positive rows come at precision 1, 2/3, 3/4.
        assertThat(metrics.get(Metric.PR_AUC)).isCloseTo((1 + 2 / 3.0 + 3 / 4.0) / 3, within(1e-15));
        // Each row in a bin of its own: 0.1, 0.4, 0.7, 0.2, 0.6 beside the truth.
        assertThat(metrics.get(Metric.CALIBRATION_ERROR)).isCloseTo(2.0 / 5, within(1e-15));
        // -(ln 0.9 + ln 0.6 + ln 0.3 + ln 0.8 + ln 0.4) / 5
        assertThat(metrics.get(Metric.LOG_LOSS)).isCloseTo(0.5919186, within(1e-7));
        // (0.01 + 0.16 + 0.49 + 0.04 + 0.36) / 5
        assertThat(metrics.get(Metric.BRIER)).isCloseTo(0.212, within(1e-15));
    }

    @Test
    void isPerfectWhenEveryAnswerIsRightAndSure() {
        Metrics metrics = binary(new boolean[] {true, false}, new double[] {1, 0});

        assertThat(metrics.get(Metric.ACCURACY)).isEqualTo(1);
        assertThat(metrics.get(Metric.F1)).isEqualTo(1);
        assertThat(metrics.get(Metric.AUC)).isEqualTo(1);
        assertThat(metrics.get(Metric.LOG_LOSS)).isZero();
        assertThat(metrics.get(Metric.BRIER)).isZero();
    }

    @Test
    void keepsTheLossOfOneSureErrorFinite() {
        Metrics metrics = binary(new boolean[] {true, false}, new double[] {0, 1});

        assertThat(metrics.get(Metric.AUC)).isZero();
        assertThat(metrics.get(Metric.LOG_LOSS)).isCloseTo(-Math.log(1e-15), within(1e-9));
        assertThat(metrics.get(Metric.BRIER)).isEqualTo(1);
    }

    @Test
    void takesAHalfForPositive() {
        assertThat(binary(new boolean[] {true}, new double[] {0.5}).get(Metric.ACCURACY))
                .isEqualTo(1);
        assertThat(binary(new boolean[] {true}, new double[] {Math.nextDown(0.5)})
                        .get(Metric.ACCURACY))
                .isZero();
    }

    @Test
    void hasNoAucWhereOnlyOneLabelOccurs() {
        Metrics positives = binary(new boolean[] {true, true}, new double[] {0.9, 0.1});
        Metrics negatives = binary(new boolean[] {false, false}, new double[] {0.1, 0.2});

        assertThat(positives.get(Metric.AUC)).isNaN();
        assertThat(negatives.get(Metric.AUC)).isNaN();
        assertThat(positives.get(Metric.RECALL)).isEqualTo(0.5);
        assertThat(negatives.get(Metric.PRECISION))
                .as("nothing predicted positive")
                .isZero();
        assertThat(negatives.get(Metric.RECALL)).as("nothing is positive").isZero();
        assertThat(negatives.get(Metric.F1)).isZero();
        assertThat(negatives.get(Metric.ACCURACY)).isEqualTo(1);
    }

    @Test
    void countsATieAsHalfInOrder() {
        assertThat(binary(new boolean[] {true, false, true, false}, new double[] {0.3, 0.3, 0.3, 0.3})
                        .get(Metric.AUC))
                .isEqualTo(0.5);
        assertThat(binary(new boolean[] {true, false, false}, new double[] {0.6, 0.6, 0.1})
                        .get(Metric.AUC))
                .isEqualTo(0.75);
    }

    @Test
    void agreesWithCountingEveryPair() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            int rows = 2 + random.nextInt(40);
            boolean[] positive = new boolean[rows];
            double[] probability = new double[rows];
            for (int i = 0; i < rows; i++) {
                positive[i] = i == 0 || (i > 1 && random.nextBoolean());
                probability[i] = random.nextInt(10) / 10.0;
            }
            assertThat(binary(positive, probability).get(Metric.AUC))
                    .isCloseTo(shareOfPairsInOrder(positive, probability), within(1e-12));
        }
    }

    private static double shareOfPairsInOrder(boolean[] positive, double[] probability) {
        double inOrder = 0;
        int pairs = 0;
        for (int i = 0; i < positive.length; i++) {
            for (int j = 0; j < positive.length; j++) {
                if (positive[i] && !positive[j]) {
                    pairs++;
                    inOrder += probability[i] > probability[j] ? 1 : probability[i] == probability[j] ? 0.5 : 0;
                }
            }
        }
        return inOrder / pairs;
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoProbability(double value) {
        assertThatThrownBy(() -> binary(new boolean[] {true}, new double[] {value}))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("probability: " + value + " (expected: 0.0..1.0)");
    }

    @Test
    void averagesOverThreeLabels() {
        double[][] scores = {{0.7, 0.2, 0.1}, {0.3, 0.6, 0.1}, {0.5, 0.3, 0.2}, {0.1, 0.2, 0.7}};
        Metrics metrics = ClassificationMetrics.of(List.of("a", "b", "c"), new double[] {0, 1, 1, 2}, scores);

        assertThat(metrics.confusion())
                .isEqualTo(new Metrics.Confusion(
                        List.of("a", "b", "c"), List.of(List.of(1, 0, 0), List.of(1, 1, 0), List.of(0, 0, 1))));
        assertThat(metrics.get(Metric.ACCURACY)).isEqualTo(0.75);
        assertThat(metrics.get(Metric.PRECISION)).isCloseTo((0.5 + 1 + 1) / 3, within(1e-15));
        assertThat(metrics.get(Metric.RECALL)).isCloseTo((1 + 0.5 + 1) / 3, within(1e-15));
        assertThat(metrics.get(Metric.BALANCED_ACCURACY)).isCloseTo((1 + 0.5 + 1) / 3, within(1e-15));
        assertThat(metrics.get(Metric.F1)).isCloseTo((2 / 3.0 + 2 / 3.0 + 1) / 3, within(1e-15));
        assertThat(metrics.get(Metric.AUC)).isEqualTo(1);
        // 0.09 + 0.04 + 0.01, 0.09 + 0.16 + 0.01, 0.25 + 0.49 + 0.04, 0.01 + 0.04 + 0.09
        assertThat(metrics.get(Metric.BRIER)).isCloseTo((0.14 + 0.26 + 0.78 + 0.14) / 4, within(1e-15));
        // Predicted with 0.7 twice and right twice, with 0.6 and right, with 0.5 and wrong.
        assertThat(metrics.get(Metric.CALIBRATION_ERROR)).isCloseTo((0.6 + 0.4 + 0.5) / 4, within(1e-15));
    }

    @Test
    void averagesRecallOverTheLabelsThatOccur() {
        double[][] scores = {{0.7, 0.2, 0.1}, {0.3, 0.1, 0.6}};
        Metrics metrics = ClassificationMetrics.of(List.of("a", "b", "c"), new double[] {0, 0}, scores);

        assertThat(metrics.get(Metric.BALANCED_ACCURACY)).isEqualTo(0.5);
        assertThat(metrics.get(Metric.RECALL)).isCloseTo(0.5 / 3, within(1e-15));
        assertThat(metrics.get(Metric.AUC)).isNaN();
        assertThat(metrics.get(Metric.PR_AUC)).isNaN();
    }

    @Test
    void takesTheFirstOfLabelsThatAreEquallyProbable() {
        assertThat(ClassificationMetrics.predicted(new double[] {0.2, 0.4, 0.4}))
                .isEqualTo(1);
        assertThat(ClassificationMetrics.predicted(new double[] {0.5, 0.5})).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
    void refusesWhatIsNoProbabilityAmongThree(double value) {
        double[][] scores = {{0.5, 0.5, value}};

        assertThatThrownBy(() -> ClassificationMetrics.of(List.of("a", "b", "c"), new double[1], scores))
                .hasMessage("probability: " + value + " (expected: 0.0..1.0)");
    }

    @Test
    void refusesRowsWithoutAnswersAndNoRowsAtAll() {
        assertThatThrownBy(() -> ClassificationMetrics.of(List.of("YES", "NO"), new double[2], new double[1][2]))
                .hasMessage("probabilities: 1 (expected: one for each row: 2)");
        assertThatThrownBy(() -> binary(new boolean[0], new double[0]))
                .hasMessage("evaluated rows: 0 (expected: 1 or more)");
    }

    private static Metrics binary(boolean[] positive, double[] probability) {
        return Answers.binary(positive, probability).metrics();
    }
}
