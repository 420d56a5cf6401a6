package dev.laurel.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.evaluation.Churn;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ChurnTest {
    private static final Task YES_OR_NO = new Classification(List.of("YES", "NO"));
    private static final Task SPECIES = new Classification(List.of("a", "b", "c"));
    private static final Task PRICE = new Regression("EUR");

    @Test
    void countsTheRowsThatGetAnotherAnswer() {
        double[] truth = {0, 0, 1, 1, 0};
        Predictions before = new Predictions(YES_OR_NO, truth, shares(0.4, 0.6, 0.7, 0.2, 0.9));
        Predictions after = new Predictions(YES_OR_NO, truth, shares(0.5, 0.4, 0.3, 0.4, 0.8));

        Churn churn = before.churn(after);

        // The first and the third row are right only now, the second was right before.
        assertThat(churn.changed()).isEqualTo(3);
        assertThat(churn.corrected()).isEqualTo(2);
        assertThat(churn.broken()).isEqualTo(1);
        assertThat(churn.share()).isEqualTo(0.6);
        // (0.1 + 0.2 + 0.4 + 0.2 + 0.1) / 5
        assertThat(churn.meanShift()).isCloseTo(0.2, within(1e-15));
    }

    @Test
    void countsARowThatIsWrongInAnotherWay() {
        double[] truth = {0, 1};
        double[][] before = {{0.2, 0.7, 0.1}, {0.1, 0.8, 0.1}};
        double[][] after = {{0.2, 0.3, 0.5}, {0.1, 0.6, 0.3}};

        Churn churn = new Predictions(SPECIES, truth, before).churn(new Predictions(SPECIES, truth, after));

        assertThat(churn.changed()).isEqualTo(1);
        assertThat(churn.corrected()).isZero();
        assertThat(churn.broken()).isZero();
        // Of the probability 0.4 moved in the first row, and 0.2 in the second.
        assertThat(churn.meanShift()).isCloseTo(0.3, within(1e-15));
    }

    @Test
    void countsTheValuesThatComeNearer() {
        double[] truth = {10, 10, 10, 10};
        Predictions before = new Predictions(PRICE, truth, values(8, 11, 9, 10));
        Predictions after = new Predictions(PRICE, truth, values(9, 13, 11, 10));

        Churn churn = before.churn(after);

        // The first is nearer, the second farther, the third as far as before, the last the same.
        assertThat(churn).isEqualTo(new Churn(Churn.Kind.VALUES, 4, 3, 1, 1, 5 / 4.0));
    }

    @Test
    void isNoneWhereBothSayTheSame() {
        Predictions answers = new Predictions(YES_OR_NO, new double[] {0, 1}, shares(0.1, 0.9));

        assertThat(answers.churn(answers)).isEqualTo(new Churn(Churn.Kind.LABELS, 2, 0, 0, 0, 0));
    }

    @Test
    void refusesAnswersForOtherRows() {
        Predictions three = new Predictions(PRICE, new double[3], values(1, 2, 3));
        Predictions two = new Predictions(PRICE, new double[2], values(1, 2));

        assertThatThrownBy(() -> three.churn(two)).hasMessage("rows: 2 (expected: the same 3)");
        assertThatThrownBy(() -> new Predictions(PRICE, new double[3], values(1, 2)))
                .hasMessage("scores: 2 (expected: one for each row: 3)");
    }

    private static double[][] shares(double... positive) {
        return DoubleStream.of(positive)
                .mapToObj(share -> new double[] {share, 1 - share})
                .toArray(double[][]::new);
    }

    private static double[][] values(double... values) {
        return DoubleStream.of(values).mapToObj(value -> new double[] {value}).toArray(double[][]::new);
    }
}
