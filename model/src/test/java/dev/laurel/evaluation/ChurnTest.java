package dev.laurel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ChurnTest {

    @Test
    void countsTheRowsThatGetAnotherAnswer() {
        boolean[] positive = {true, true, false, false, true};
        double[] before = {0.4, 0.6, 0.7, 0.2, 0.9};
        double[] after = {0.5, 0.4, 0.3, 0.4, 0.8};

        Churn churn = Churn.of(positive, before, after);

        // The first and the third row are right only now, the second was right before.
        assertThat(churn.changed()).isEqualTo(3);
        assertThat(churn.corrected()).isEqualTo(2);
        assertThat(churn.broken()).isEqualTo(1);
        assertThat(churn.share()).isEqualTo(0.6);
        // (0.1 + 0.2 + 0.4 + 0.2 + 0.1) / 5
        assertThat(churn.meanShift()).isCloseTo(0.2, within(1e-15));
    }

    @Test
    void isNoneWhereBothSayTheSame() {
        double[] probability = {0.1, 0.9};

        assertThat(Churn.of(new boolean[] {true, false}, probability, probability))
                .isEqualTo(new Churn(2, 0, 0, 0, 0));
    }

    @Test
    void refusesAnswersForOtherRows() {
        assertThatThrownBy(() -> Churn.of(new boolean[2], new double[2], new double[3]))
                .hasMessage("probabilities: 2 and 3 (expected: one for each row: 2)");
    }
}
