package dev.laurel.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParzenEstimatorTest {
    private static final double[] SEEN = {0.3, 0.1, 0.35, 0.9, 0.3};

    @Test
    void withoutValuesAllAreAsLikely() {
        ParzenEstimator estimator = new ParzenEstimator(2, 6, new double[0]);

        assertThat(estimator.logDensity(3)).isCloseTo(Math.log(0.25), within(1e-15));
    }

    /** Around 0.5 with width 0.5, 0.6826894921 of which is within 0..1: {@code (1 + 0.3989422804 / (0.5 * 0.6826894921)) / 2}. */
    @Test
    void oneValueByHand() {
        ParzenEstimator estimator = new ParzenEstimator(0, 1, new double[] {0.5});

        assertThat(Math.exp(estimator.logDensity(0.5))).isCloseTo(1.0843687, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5})
    void densitiesAddUpToOne(int count) {
        ParzenEstimator estimator = new ParzenEstimator(0, 1, Arrays.copyOf(SEEN, count));
        double sum = 0;
        for (int i = 0; i < 100_000; i++) {
            sum += Math.exp(estimator.logDensity((i + 0.5) / 100_000)) / 100_000;
        }

        assertThat(sum).isCloseTo(1, within(1e-6));
    }

    @Test
    void drawsAsOftenAsItSays() {
        ParzenEstimator estimator = new ParzenEstimator(0, 1, SEEN);
        Random random = new Random(1);
        int[] counts = new int[10];
        for (int i = 0; i < 100_000; i++) {
            counts[(int) (10 * estimator.draw(random))]++;
        }

        for (int tenth = 0; tenth < 10; tenth++) {
            double likely = 0;
            for (int i = 0; i < 100; i++) {
                likely += Math.exp(estimator.logDensity((tenth + (i + 0.5) / 100) / 10)) / 1000;
            }
            assertThat(counts[tenth] / 100_000.0).isCloseTo(likely, within(0.005));
        }
    }
}
