package dev.laurel.feature;

import dev.laurel.table.Table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {
    private static final Table TABLE =
            new Table("date", List.of("a", "b", "c", "d"), Map.of("close", new double[] {10, 11, 11, 9}));

    @Test
    void isPositiveOnlyWhereTheNextValueIsHigher() {
        Labels labels = new Labels(new Target("close", 1, "UP", "DOWN"));

        assertThat(labels.isPositive(TABLE, 0)).isTrue();
        assertThat(labels.isPositive(TABLE, 1)).as("the same value").isFalse();
        assertThat(labels.isPositive(TABLE, 2)).isFalse();
    }

    @Test
    void looksAsFarAheadAsTheHorizon() {
        Labels labels = new Labels(new Target("close", 2, "UP", "DOWN"));

        assertThat(labels.isPositive(TABLE, 0)).isTrue();
        assertThat(labels.isPositive(TABLE, 1)).isFalse();
    }

    @Test
    void hasNoLabelForRowsWhoseFutureIsNotKnown() {
        assertThat(new Labels(new Target("close", 1, "UP", "DOWN")).labelled(TABLE))
                .isEqualTo(3);
        assertThat(new Labels(new Target("close", 4, "UP", "DOWN")).labelled(TABLE))
                .isZero();
        assertThat(new Labels(new Target("close", 9, "UP", "DOWN")).labelled(TABLE))
                .isZero();
        assertThatThrownBy(() -> new Labels(new Target("close", 1, "UP", "DOWN")).isPositive(TABLE, 3))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("row with a label: 3 (expected: 0..2)");
    }
}
