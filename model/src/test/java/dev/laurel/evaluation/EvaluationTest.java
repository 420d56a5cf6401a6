package dev.laurel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.model.InvalidValueException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {

    @Test
    void countsAndAveragesByHand() {
        Metrics metrics =
                Evaluation.of(new boolean[] {true, true, false, false, true}, new double[] {0.9, 0.6, 0.7, 0.2, 0.4});

        assertThat(metrics.rows()).isEqualTo(5);
        assertThat(metrics.confusion()).isEqualTo(new Metrics.Confusion(2, 1, 1, 1));
        assertThat(metrics.accuracy()).isEqualTo(3 / 5.0);
        assertThat(metrics.precision()).isEqualTo(2 / 3.0);
        assertThat(metrics.recall()).isEqualTo(2 / 3.0);
        assertThat(metrics.f1()).isEqualTo(4 / 6.0);
        // Of the six pairs of a positive and a negative row four are in order: 0.9 > 0.7 and all three > 0.2.
        assertThat(metrics.auc()).isCloseTo(4 / 6.0, within(1e-15));
        // -(ln 0.9 + ln 0.6 + ln 0.3 + ln 0.8 + ln 0.4) / 5
        assertThat(metrics.logLoss()).isCloseTo(0.5919186, within(1e-7));
        // (0.01 + 0.16 + 0.49 + 0.04 + 0.36) / 5
        assertThat(metrics.brier()).isCloseTo(0.212, within(1e-15));
    }

    @Test
    void isPerfectWhenEveryAnswerIsRightAndSure() {
        Metrics metrics = Evaluation.of(new boolean[] {true, false}, new double[] {1, 0});

        assertThat(metrics.accuracy()).isEqualTo(1);
        assertThat(metrics.f1()).isEqualTo(1);
        assertThat(metrics.auc()).isEqualTo(1);
        assertThat(metrics.logLoss()).isZero();
        assertThat(metrics.brier()).isZero();
    }

    @Test
    void keepsTheLossOfOneSureErrorFinite() {
        Metrics metrics = Evaluation.of(new boolean[] {true, false}, new double[] {0, 1});

        assertThat(metrics.auc()).isZero();
        assertThat(metrics.logLoss()).isCloseTo(-Math.log(1e-15), within(1e-9));
        assertThat(metrics.brier()).isEqualTo(1);
    }

    @Test
    void takesAHalfForPositive() {
        assertThat(Evaluation.of(new boolean[] {true}, new double[] {0.5}).accuracy())
                .isEqualTo(1);
        assertThat(Evaluation.of(new boolean[] {true}, new double[] {Math.nextDown(0.5)})
                        .accuracy())
                .isZero();
    }

    @Test
    void hasNoAucWhereOnlyOneLabelOccurs() {
        Metrics positives = Evaluation.of(new boolean[] {true, true}, new double[] {0.9, 0.1});
        Metrics negatives = Evaluation.of(new boolean[] {false, false}, new double[] {0.1, 0.2});

        assertThat(positives.auc()).isNaN();
        assertThat(negatives.auc()).isNaN();
        assertThat(positives.recall()).isEqualTo(0.5);
        assertThat(negatives.precision()).as("nothing predicted positive").isZero();
        assertThat(negatives.recall()).as("nothing is positive").isZero();
        assertThat(negatives.f1()).isZero();
        assertThat(negatives.accuracy()).isEqualTo(1);
    }

    @Test
    void countsATieAsHalfInOrder() {
        assertThat(Evaluation.of(new boolean[] {true, false, true, false}, new double[] {0.3, 0.3, 0.3, 0.3})
                        .auc())
                .isEqualTo(0.5);
        assertThat(Evaluation.of(new boolean[] {true, false, false}, new double[] {0.6, 0.6, 0.1})
                        .auc())
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
            assertThat(Evaluation.of(positive, probability).auc())
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
        assertThatThrownBy(() -> Evaluation.of(new boolean[] {true}, new double[] {value}))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("probability: " + value + " (expected: 0.0..1.0)");
    }

    @Test
    void refusesRowsWithoutAnswersAndNoRowsAtAll() {
        assertThatThrownBy(() -> Evaluation.of(new boolean[2], new double[1]))
                .hasMessage("probabilities: 1 (expected: one for each row: 2)");
        assertThatThrownBy(() -> Evaluation.of(new boolean[0], new double[0]))
                .hasMessage("evaluated rows: 0 (expected: 1..2147483647)");
    }
}
