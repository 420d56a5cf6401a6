package dev.laurel.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LinearTest {

    @Test
    void addsUpWeighedInputs() {
        Linear linear = new Linear(3, false, new double[] {2, -1, 0.5}, new double[] {10});

        assertThat(scores(linear, 3, 4, -2)).containsExactly(10 + 6 - 4 - 1);
        assertThat(scores(linear, 0, 0, 0)).containsExactly(10);
        assertThat(linear.inputs()).isEqualTo(3);
        assertThat(linear.outputs()).isEqualTo(1);
    }

    @Test
    void givesTheSharesOfTheSoftmax() {
        // Sums ln 1, ln 2 and ln 5 at 1.
        Linear linear = new Linear(1, true, new double[] {0, Math.log(2), Math.log(5)}, new double[3]);

        assertThat(scores(linear, 1)).containsExactly(new double[] {1 / 8.0, 2 / 8.0, 5 / 8.0}, within(1e-15));
        assertThat(scores(linear, 0)).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-15));
        assertThat(scores(linear, 2)).containsExactly(new double[] {1 / 30.0, 4 / 30.0, 25 / 30.0}, within(1e-15));
    }

    @Test
    void staysWithinSharesFarAway() {
        Linear linear = new Linear(1, true, new double[] {1, -1}, new double[2]);

        assertThat(scores(linear, 1e5)).containsExactly(1, 0);
        assertThat(scores(linear, -1e300)).containsExactly(0, 1);
    }

    @Test
    void refusesPartsThatDoNotFit() {
        assertThatThrownBy(() -> new Linear(2, false, new double[3], new double[1]))
                .hasMessage("model file: predictor: 3 weights (expected: 2)");
        assertThatThrownBy(() -> new Linear(0, false, new double[0], new double[1]))
                .hasMessage("model file: predictor: no inputs (expected: at least one)");
        assertThatThrownBy(() -> new Linear(1, false, new double[0], new double[0]))
                .hasMessage("model file: predictor: no outputs (expected: at least one)");
    }

    private static double[] scores(Linear linear, double... vector) {
        double[] scores = new double[linear.outputs()];
        linear.scores(vector, scores);
        return scores;
    }
}
