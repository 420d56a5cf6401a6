package dev.laurel.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LessonTest {
    private static final double[][] TWO_ROWS = {{1, 2}, {3, 4}};

    @Test
    void hasRowsAndFeatures() {
        Lesson lesson = Lessons.ofLabels(3, TWO_ROWS, 2, 0);

        assertThat(lesson.rows()).isEqualTo(2);
        assertThat(lesson.features()).isEqualTo(2);
        assertThat(lesson.labels()).containsExactly(2, 0);
    }

    @Test
    void refusesNoRowsAndNoFeatures() {
        assertThatThrownBy(() -> Lessons.ofValues(new double[0][]))
                .hasMessage("training rows: 0 (expected: at least one)");
        assertThatThrownBy(() -> Lessons.ofValues(new double[2][0], 1, 2))
                .hasMessage("features: 0 (expected: at least one)");
    }

    @Test
    void refusesAnswersThatAreNotOneForEachRow() {
        assertThatThrownBy(() -> Lessons.ofValues(TWO_ROWS, 1, 2, 3))
                .hasMessage("true answers: 3 (expected: one for each of 2 rows)");
    }

    @Test
    void refusesRowsOfOtherLengths() {
        assertThatThrownBy(() -> Lessons.ofValues(new double[][] {{1, 2}, {3}}, 1, 2))
                .hasMessage("features of training row 1: 1 (expected: 2, as in the first)");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e101})
    void refusesNumbersThatNobodyCanReckonWith(double value) {
        assertThatThrownBy(() -> Lessons.ofValues(new double[][] {{1, 2}, {3, value}}, 1, 2))
                .hasMessage("feature 1 of training row 1: " + value + " (expected: a finite number up to 1.0E100)");
        assertThatThrownBy(() -> Lessons.ofValues(TWO_ROWS, value, 2))
                .hasMessage("true answer of training row 0: " + value + " (expected: a finite number up to 1.0E100)");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0.5, 3})
    void refusesLabelsThatAreNoPlace(double label) {
        assertThatThrownBy(() -> Lessons.ofLabels(3, TWO_ROWS, 0, label))
                .hasMessage("label of training row 1: " + label + " (expected: 0..2)");
    }

    @Test
    void refusesAnswersFromWhichNothingCanBeLearned() {
        assertThatThrownBy(() -> Lessons.ofLabels(2, TWO_ROWS, 1, 1)).hasMessageContaining("only L1");
        assertThatThrownBy(() -> Lessons.ofValues(TWO_ROWS, 7, 7)).hasMessageContaining("all 7.0");
    }
}
