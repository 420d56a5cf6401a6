package dev.laurel.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PlattTest {
    private static final double[] DECISIONS = {-2.1, -1.3, -0.9, -0.2, 0.1, 0.4, 0.8, 1.1, 1.9, -0.5};
    private static final boolean[] LABELS = {false, false, true, false, true, false, true, true, true, false};

    /** {@code sklearn.calibration._sigmoid_calibration(decisions, labels)} of scikit-learn 1.9.1. */
    @Test
    void isThatOfScikitLearn() {
        Platt platt = Platt.of(DECISIONS, LABELS);

        assertThat(platt.slope()).isCloseTo(-0.8784915656204444, within(1e-5));
        assertThat(platt.offset()).isCloseTo(-0.05751972721874057, within(1e-5));
        assertThat(platt.probability(-2.1)).isCloseTo(0.14340252755414645, within(1e-6));
        assertThat(platt.probability(1.9)).isCloseTo(0.8489838913971192, within(1e-6));
    }

    /** Three targets of 4/5 and one of 1/3: their mean is 41/60, whatever the slope. */
    @Test
    void ofDecisionsThatSayNothingIsTheMeanOfTheTargets() {
        Platt platt = Platt.of(new double[4], new boolean[] {true, true, false, true});

        assertThat(platt.probability(0)).isCloseTo(41 / 60.0, within(1e-6));
    }

    @Test
    void staysFiniteForLargeDecisions() {
        Platt platt = Platt.of(new double[] {-1e6, -2e6, 1e6, 2e6}, new boolean[] {false, false, true, true});

        assertThat(platt.slope()).isFinite().isNegative();
        assertThat(platt.offset()).isFinite();
        assertThat(platt.probability(1e300)).isEqualTo(1);
        assertThat(platt.probability(-1e300)).isEqualTo(0);
    }
}
