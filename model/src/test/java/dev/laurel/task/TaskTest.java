package dev.laurel.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.model.InvalidValueException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskTest {
    private static final Task YES_OR_NO = new Classification(List.of("YES", "NO"));
    private static final Task SPECIES = new Classification(List.of("a", "b", "c"));
    private static final Task PRICE = new Regression("EUR");

    @Test
    void answersWithThePositiveLabelFromTheThresholdOn() {
        assertThat(YES_OR_NO.answer(new double[] {0.4, 0.6}, 0.4))
                .isEqualTo(new Answer.Classified("YES", 0.4, List.of(0.4, 0.6)));
        assertThat(YES_OR_NO.answer(new double[] {0.4, 0.6}, 0.5))
                .isEqualTo(new Answer.Classified("NO", 0.4, List.of(0.4, 0.6)));
    }

    @Test
    void answersWithTheMostProbableOfSeveralLabels() {
        assertThat(SPECIES.answer(new double[] {0.2, 0.5, 0.3}, 0.9))
                .isEqualTo(new Answer.Classified("b", 0.5, List.of(0.2, 0.5, 0.3)));
    }

    @Test
    void answersWithAValueInItsUnit() {
        assertThat(PRICE.answer(new double[] {-0.5}, 0.9)).isEqualTo(new Answer.Estimated(-0.5, "EUR"));
    }

    @Test
    void guessesWithoutFeatures() {
        assertThat(SPECIES.naive(new double[] {0, 0, 0, 2})).containsExactly(0.75, 0, 0.25);
        assertThat(YES_OR_NO.naive(new double[10])).containsExactly(new double[] {1, 0}, within(1e-12));
        assertThat(YES_OR_NO.naive(new double[10])[0]).isLessThanOrEqualTo(1);
        assertThat(PRICE.naive(new double[] {1, 2, 6})).containsExactly(new double[] {3}, within(1e-12));
    }

    @Test
    void tellsTheShareOfEachLabel() {
        assertThat(SPECIES.shares(new double[] {2, 0, 2, 2})).isEqualTo(Map.of("a", 0.25, "b", 0.0, "c", 0.75));
        assertThat(PRICE.shares(new double[] {2, 0})).isNull();
    }

    @Test
    void learnsNothingFromAnswersThatAreAllTheSame() {
        assertThatThrownBy(() -> YES_OR_NO.expectLearnable(new double[] {1, 1}))
                .hasMessage("labels of the training rows: only NO"
                        + " (expected: both YES and NO; make the training window larger)");
        assertThatThrownBy(() -> SPECIES.expectLearnable(new double[] {1, 1}))
                .hasMessage("labels of the training rows: only b"
                        + " (expected: at least two of [a, b, c]; make the training window larger)");
        assertThatThrownBy(() -> PRICE.expectLearnable(new double[] {1.5, 1.5}))
                .hasMessage("values of the training rows: all 1.5"
                        + " (expected: at least two; make the training window larger)");
        YES_OR_NO.expectLearnable(new double[] {1, 0});
        SPECIES.expectLearnable(new double[] {1, 2});
        PRICE.expectLearnable(new double[] {1, 2});
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, 0.4, Double.NaN})
    void refusesScoresThatAreNoShares(double share) {
        assertThatThrownBy(() -> YES_OR_NO.expectScores(new double[] {share, 0.5}))
                .isInstanceOf(InvalidValueException.class);
        YES_OR_NO.expectScores(new double[] {0.5, 0.5});
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesAValueThatIsNotFinite(double value) {
        assertThatThrownBy(() -> PRICE.expectScores(new double[] {value}))
                .hasMessage("value: " + value + " (expected: a finite number)");
        PRICE.expectScores(new double[] {-1e300});
    }

    @Test
    void describesItself() {
        assertThat(SPECIES.described()).isEqualTo("one of a, b, c");
        assertThat(SPECIES.outputs()).isEqualTo(3);
        assertThat(PRICE.described()).isEqualTo("a value in EUR");
        assertThat(PRICE.outputNames()).containsExactly("value");
        assertThat(PRICE.outputs()).isEqualTo(1);
    }

    @Test
    void needsTwoDifferentLabelsOrAUnit() {
        assertThatThrownBy(() -> new Classification(List.of("a"))).hasMessage("labels: 1 (expected: 2..1000)");
        assertThatThrownBy(() -> new Classification(List.of("a", "a")))
                .hasMessage("labels: [a, a] (expected: each one once)");
        assertThatThrownBy(() -> new Regression(" ")).hasMessage("unit: ' ' (expected: some text)");
    }
}
