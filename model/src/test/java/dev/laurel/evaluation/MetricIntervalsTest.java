package dev.laurel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.model.Metric;
import dev.laurel.task.Classification;
import dev.laurel.task.Predictions;
import dev.laurel.task.Regression;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MetricIntervalsTest {

    @Test
    void sharesOfRowsHaveTheScoreInterval() {
        // 24 true positives, 16 false positives, 11 true negatives, 9 false negatives
        Map<Metric, Interval> intervals =
                MetricIntervals.of(metrics(positive(33, 60), probability(24, 0.9, 9, 0.1, 16, 0.9, 11, 0.1)));

        assertThat(intervals)
                .containsOnly(
                        Map.entry(Metric.ACCURACY, WilsonScore.interval(35, 60).orElseThrow()),
                        Map.entry(Metric.PRECISION, WilsonScore.interval(24, 40).orElseThrow()),
                        Map.entry(Metric.RECALL, WilsonScore.interval(24, 33).orElseThrow()));
    }

    /** Every row is predicted with 0.8, so a sample's Brier score is 0.64 - 0.6 times its share of positives, which is binomial. */
    @Test
    void theBootstrapGivesThePercentilesOfTheBinomialDistribution() {
        double[] probability = new double[60];
        Arrays.fill(probability, 0.8);
        Map<Metric, Interval> intervals = MetricIntervals.of(Answers.binary(positive(36, 60), probability));

        // Percentiles 2.5 and 97.5 of Binomial(60, 0.6): 28 and 43.
        assertThat(intervals.get(Metric.BRIER).low()).isCloseTo(0.64 - 0.6 * 43 / 60, within(1e-12));
        assertThat(intervals.get(Metric.BRIER).high()).isCloseTo(0.64 - 0.6 * 28 / 60, within(1e-12));
    }

    /** Six rows of 60 are corrected and none broken, so the gain in accuracy of a sample is binomial too. */
    @Test
    void theGainIsOfTheSameRowsForBoth() {
        boolean[] positive = positive(60, 60);
        double[] before = probability(54, 0.9, 6, 0.1);
        double[] after = probability(60, 0.9);

        // Percentiles 2.5 and 97.5 of Binomial(60, 0.1): 2 and 11.
        Interval gain = gain(positive, after, before).get(Metric.ACCURACY);
        assertThat(gain.low()).isCloseTo(2 / 60.0, within(1e-12));
        assertThat(gain.high()).isCloseTo(11 / 60.0, within(1e-12));
        assertThat(gain(positive, before, before).get(Metric.ACCURACY)).isEqualTo(new Interval(0, 0));
    }

    @Test
    void aLowerLossIsAGain() {
        boolean[] positive = positive(20, 40);
        double[] vague = probability(20, 0.6, 20, 0.4);
        double[] sure = probability(20, 0.9, 20, 0.1);

        assertThat(gain(positive, sure, vague).get(Metric.LOG_LOSS).low()).isPositive();
    }

    @Test
    void theSameRowsAlwaysGiveTheSameIntervals() {
        Random random = new Random(7);
        double[] probability = random.doubles(50).toArray();
        boolean[] positive = positive(25, 50);

        assertThat(MetricIntervals.of(Answers.binary(positive, probability)))
                .isEqualTo(MetricIntervals.of(Answers.binary(positive, probability)))
                .containsOnlyKeys(EnumSet.range(Metric.ACCURACY, Metric.CALIBRATION_ERROR));
    }

    @Test
    void oneLabelOnlyHasNoAreaUnderTheCurve() {
        assertThat(MetricIntervals.of(Answers.binary(positive(9, 9), probability(9, 0.7))))
                .doesNotContainKey(Metric.AUC)
                .containsKeys(Metric.LOG_LOSS, Metric.F1);
    }

    @Test
    void moreRowsThanCanBeDrawnInTimeHaveTheScoreIntervalOnly() {
        int rows = Bootstrap.MOST_ROWS + 1;

        assertThat(MetricIntervals.of(Answers.binary(positive(rows / 2, rows), probability(rows, 0.7))))
                .containsOnlyKeys(Metric.ACCURACY, Metric.PRECISION, Metric.RECALL);
    }

    @Test
    void moreThanTwoLabelsHaveAScoreIntervalOfTheAccuracyAlone() {
        Classification task = new Classification(List.of("a", "b", "c"));
        double[][] scores = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}};
        Predictions answers = new Predictions(task, new double[] {0, 1, 2, 1}, scores);

        assertThat(MetricIntervals.of(answers.metrics()))
                .containsOnly(
                        Map.entry(Metric.ACCURACY, WilsonScore.interval(3, 4).orElseThrow()));
        assertThat(MetricIntervals.of(answers)).containsKeys(Metric.PRECISION, Metric.RECALL, Metric.BRIER);
    }

    /** Of two rows one is off by 1 and one by 3: a sample's mean error is 1, 2 or 3, and each bound one that more than 2.5 % reach. */
    @Test
    void valuesHaveBootstrapIntervalsOnly() {
        Predictions answers = new Predictions(new Regression("EUR"), new double[2], new double[][] {{1}, {3}});

        assertThat(MetricIntervals.of(answers.metrics())).isEmpty();
        assertThat(MetricIntervals.of(answers))
                .containsEntry(Metric.MAE, new Interval(1, 3))
                .containsEntry(Metric.BIAS, new Interval(1, 3))
                .doesNotContainKey(Metric.ACCURACY);
    }

    @Test
    void aBiasNearerToZeroIsAGain() {
        Regression task = new Regression("EUR");
        Predictions low = new Predictions(task, new double[3], new double[][] {{-2}, {-2}, {-2}});
        Predictions high = new Predictions(task, new double[3], new double[][] {{1}, {1}, {1}});

        assertThat(MetricIntervals.ofGain(high, low)).containsEntry(Metric.BIAS, new Interval(1, 1));
    }

    /** The first {@code count} of the rows are positive. */
    private static boolean[] positive(int count, int rows) {
        boolean[] positive = new boolean[rows];
        Arrays.fill(positive, 0, count, true);
        return positive;
    }

    /** Pairs of a number of rows and their probability. */
    private static double[] probability(double... pairs) {
        double[] all = new double[0];
        for (int i = 0; i < pairs.length; i += 2) {
            int before = all.length;
            all = Arrays.copyOf(all, before + (int) pairs[i]);
            Arrays.fill(all, before, all.length, pairs[i + 1]);
        }
        return all;
    }

    private static Metrics metrics(boolean[] positive, double[] probability) {
        return Answers.binary(positive, probability).metrics();
    }

    private static Map<Metric, Interval> gain(boolean[] positive, double[] challenger, double[] champion) {
        return MetricIntervals.ofGain(Answers.binary(positive, challenger), Answers.binary(positive, champion));
    }
}
