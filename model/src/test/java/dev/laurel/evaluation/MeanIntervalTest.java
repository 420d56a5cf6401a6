package dev.laurel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MeanIntervalTest {
    @Test
    void isTheTextbooksMeanPlusMinusTwoStandardErrors() {
        // Errors of 1, 2, 3 and 4: variance 5/3, standard error sqrt(5/12).
        Interval interval = MeanInterval.of(2.5, 7.5, 4).orElseThrow();

        assertThat(interval.low()).isCloseTo(2.5 - 1.959963984540054 * Math.sqrt(5 / 12.0), within(1e-12));
        assertThat(interval.high()).isCloseTo(2.5 + 1.959963984540054 * Math.sqrt(5 / 12.0), within(1e-12));
    }

    @Test
    void holdsTheTrueErrorAboutAsOftenAsItSays() {
        Random random = new Random(1);
        double truth = Math.sqrt(2 / Math.PI);
        int held = 0;
        for (int sample = 0; sample < 2000; sample++) {
            double absolute = 0;
            double squares = 0;
            for (int row = 0; row < 100; row++) {
                double error = Math.abs(random.nextGaussian());
                absolute += error / 100;
                squares += error * error / 100;
            }
            Interval interval = MeanInterval.of(absolute, squares, 100).orElseThrow();
            held += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
        }

        assertThat(held / 2000.0).isBetween(0.93, 0.96);
    }

    @Test
    void hasNoneWithoutEnoughToSay() {
        assertThat(MeanInterval.of(1, 1, 1)).isEmpty();
        assertThat(MeanInterval.of(Double.NaN, 1, 10)).isEmpty();
        assertThat(MeanInterval.of(0, 0, 10)).contains(new Interval(0, 0));
    }
}
