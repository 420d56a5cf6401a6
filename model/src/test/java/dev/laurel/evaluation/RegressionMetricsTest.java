package dev.laurel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.model.Metric;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RegressionMetricsTest {

    @Test
    void measuresErrorsByHand() {
        // Errors 1, -2, 0, 4.
        Metrics metrics = RegressionMetrics.of(new double[] {1, 2, 4, 5}, new double[][] {{2}, {0}, {4}, {9}});

        assertThat(metrics.rows()).isEqualTo(4);
        assertThat(metrics.confusion()).isNull();
        assertThat(metrics.get(Metric.RMSE)).isCloseTo(Math.sqrt(21 / 4.0), within(1e-15));
        assertThat(metrics.get(Metric.MAE)).isEqualTo(7 / 4.0);
        assertThat(metrics.get(Metric.MAPE)).isCloseTo((1 + 1 + 0 + 0.8) / 4, within(1e-15));
        // The mean is 3, the squares around it 4 + 1 + 1 + 4.
        assertThat(metrics.get(Metric.R2)).isCloseTo(1 - 21 / 10.0, within(1e-15));
        assertThat(metrics.get(Metric.MEDIAN_ERROR)).isEqualTo(1.5);
        // Sizes 0, 1, 2, 4: at 2.7 of 0..3.
        assertThat(metrics.get(Metric.P90_ERROR)).isCloseTo(2 + 0.7 * 2, within(1e-12));
        assertThat(metrics.get(Metric.BIAS)).isEqualTo(3 / 4.0);
        assertThat(metrics.get(Metric.ACCURACY)).as("of a classification").isNaN();
    }

    @Test
    void isPerfectWhereEveryValueIsMet() {
        Metrics metrics = RegressionMetrics.of(new double[] {3, 5}, new double[][] {{3}, {5}});

        assertThat(metrics.get(Metric.RMSE)).isZero();
        assertThat(metrics.get(Metric.R2)).isEqualTo(1);
        assertThat(metrics.get(Metric.MAPE)).isZero();
    }

    /** Their mean is not always the very value, which must not be taken for a spread. */
    @Test
    void explainsNothingOfValuesThatAreAllTheSame() {
        for (int rows = 1; rows < 100; rows++) {
            double[] truth = new double[rows];
            Arrays.fill(truth, 0.1);
            double[][] met = new double[rows][];
            Arrays.fill(met, new double[] {0.1});
            double[][] missed = new double[rows][];
            Arrays.fill(missed, new double[] {0.4});

            assertThat(RegressionMetrics.of(truth, met).get(Metric.R2)).isEqualTo(1);
            assertThat(RegressionMetrics.of(truth, missed).get(Metric.R2)).isZero();
        }
    }

    @Test
    void keepsTheShareOfAnErrorFiniteWhereTheTruthIsZero() {
        Metrics metrics = RegressionMetrics.of(new double[] {0, 1}, new double[][] {{1}, {1}});

        assertThat(metrics.get(Metric.MAPE)).isEqualTo(1 / Math.ulp(1.0) / 2);
    }

    @Test
    void refusesRowsWithoutAnswersAndNoRowsAtAll() {
        assertThatThrownBy(() -> RegressionMetrics.of(new double[2], new double[1][1]))
                .hasMessage("estimates: 1 (expected: one for each row: 2)");
        assertThatThrownBy(() -> RegressionMetrics.of(new double[0], new double[0][1]))
                .hasMessage("evaluated rows: 0 (expected: 1 or more)");
    }
}
