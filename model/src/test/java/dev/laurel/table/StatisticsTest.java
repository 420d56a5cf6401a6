package dev.laurel.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {

    @Test
    void tellsMeanAndDeviationOfASample() {
        double[] values = {2, 4, 4, 6};

        assertThat(Statistics.mean(values)).isEqualTo(4);
        assertThat(Statistics.standardDeviation(values)).isCloseTo(Math.sqrt(8 / 3.0), within(1e-15));
        assertThat(Statistics.standardDeviation(new double[] {5})).isZero();
    }

    @Test
    void seesNoDeviationInOneValueHoweverOftenItComes() {
        for (int count = 1; count < 100; count++) {
            double[] values = new double[count];
            Arrays.fill(values, 0.1);
            assertThat(Statistics.standardDeviation(values)).isZero();
            assertThat(Statistics.vary(values)).isFalse();
        }
        assertThat(Statistics.vary(new double[] {0.1, Math.nextUp(0.1)})).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "0.25, 20", "0.5, 30", "0.6, 34", "1, 50"})
    void interpolatesBetweenValues(double p, double quantile) {
        assertThat(Statistics.quantile(new double[] {10, 20, 30, 40, 50}, p)).isCloseTo(quantile, within(1e-12));
    }
}
