package dev.laurel.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Metric;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetTest {
    private static final Table TABLE = Table.keyed(
            "date",
            List.of("a", "b", "c", "d"),
            Map.of(
                    "close", new Column.Numbers(new double[] {10, 11, 11, 9}),
                    "gap", new Column.Numbers(new double[] {10, Double.NaN, 12, 9}),
                    "species", new Column.Words(new @Nullable String[] {"wolf", "dog", null, "fox"})));
    private static final int[] ALL = {0, 1, 2, 3};

    @Test
    void goesUpOnlyWhereTheNextValueIsHigher() {
        Direction direction = new Direction("close", 1, "UP", "DOWN");

        assertThat(truth(direction, 0)).isEqualTo("UP");
        assertThat(truth(direction, 1)).as("the same value").isEqualTo("DOWN");
        assertThat(truth(direction, 2)).isEqualTo("DOWN");
        assertThat(direction.task(TABLE, ALL)).isEqualTo(new Classification(List.of("UP", "DOWN")));
    }

    @Test
    void looksAsFarAheadAsTheHorizon() {
        Direction direction = new Direction("close", 2, "UP", "DOWN");

        assertThat(truth(direction, 0)).isEqualTo("UP");
        assertThat(truth(direction, 1)).isEqualTo("DOWN");
    }

    @Test
    void hasNoAnswerForRowsWhoseFutureIsNotKnown() {
        assertThat(known(new Direction("close", 1, "UP", "DOWN"))).containsExactly(0, 1, 2);
        assertThat(known(new Direction("close", 4, "UP", "DOWN"))).isEmpty();
        assertThat(known(new Change("close", 2, "EUR"))).containsExactly(0, 1);
        assertThat(known(new Value("close", 3, "EUR"))).containsExactly(0);
        assertThat(known(new Value("close", 0, "EUR"))).containsExactly(0, 1, 2, 3);
        assertThat(known(new Label("species", null))).containsExactly(0, 1, 3);
    }

    @Test
    void hasNoAnswerWhereAValueIsMissing() {
        assertThat(known(new Direction("gap", 1, "UP", "DOWN"))).containsExactly(2);
        assertThat(known(new Change("gap", 2, "EUR"))).containsExactly(0);
        assertThat(known(new Value("gap", 0, "EUR"))).containsExactly(0, 2, 3);
        assertThat(known(new Value("gap", 1, "EUR")))
                .as("only the later value is needed")
                .containsExactly(1, 2);
    }

    @Test
    void tellsTheChangeWithinTheHorizon() {
        Change change = new Change("close", 1, "EUR");
        Task task = change.task(TABLE, ALL);

        assertThat(task).isEqualTo(new Regression("EUR"));
        assertThat(change.truth(TABLE, 0, task)).isEqualTo(1);
        assertThat(change.truth(TABLE, 2, task)).isEqualTo(-2);
        assertThat(new Change("close", 3, "EUR").truth(TABLE, 0, task)).isEqualTo(-1);
        assertThat(change.isInItsRow()).isFalse();
    }

    @Test
    void tellsTheValueNowOrLater() {
        Value now = new Value("close", 0, "EUR");
        Value later = new Value("close", 2, "EUR");
        Task task = now.task(TABLE, ALL);

        assertThat(task).isEqualTo(new Regression("EUR"));
        assertThat(now.truth(TABLE, 1, task)).isEqualTo(11);
        assertThat(later.truth(TABLE, 1, task)).isEqualTo(9);
        assertThat(now.isInItsRow()).isTrue();
        assertThat(later.isInItsRow()).isFalse();
    }

    @Test
    void takesItsLabelsFromTheTrainingRows() {
        Label species = new Label("species", null);
        Task task = species.task(TABLE, ALL);
        Task fewer = species.task(TABLE, new int[] {0, 1});

        assertThat(task).isEqualTo(new Classification(List.of("dog", "fox", "wolf")));
        assertThat(species.truth(TABLE, 0, task)).isEqualTo(2);
        assertThat(fewer).isEqualTo(new Classification(List.of("dog", "wolf")));
        assertThatThrownBy(() -> species.truth(TABLE, 3, fewer))
                .hasMessage("species at d: fox (expected: a label that the training rows have: [dog, wolf])");
        assertThat(species.isInItsRow()).isTrue();
        assertThat(species.isOfWords()).isTrue();
    }

    @Test
    void putsThePositiveLabelFirst() {
        Label wolf = new Label("species", "wolf");

        assertThat(wolf.task(TABLE, ALL)).isEqualTo(new Classification(List.of("wolf", "dog", "fox")));
        assertThatThrownBy(() -> wolf.task(TABLE, new int[] {1, 3}))
                .hasMessage("positive: wolf (expected: a label of the training rows: [dog, fox])");
        assertThatThrownBy(() -> wolf.task(TABLE, new int[] {0, 2}))
                .hasMessage("different labels in species of the training rows: 1 (expected: 2..1000)");
    }

    @Test
    void isJudgedByTheMetricsOfItsTask() {
        assertThat(new Label("species", null).metrics())
                .isEqualTo(new Direction("close", 1, "UP", "DOWN").metrics())
                .contains(Metric.ACCURACY, Metric.CALIBRATION_ERROR)
                .doesNotContain(Metric.RMSE);
        assertThat(new Value("close", 0, "EUR").metrics())
                .isEqualTo(new Change("close", 1, "EUR").metrics())
                .contains(Metric.RMSE, Metric.BIAS)
                .doesNotContain(Metric.ACCURACY);
        assertThat(Metric.values())
                .hasSize(new Label("s", null).metrics().size()
                        + new Value("close", 0, "EUR").metrics().size());
    }

    @Test
    void refusesAHorizonThatCannotBe() {
        assertThatThrownBy(() -> new Direction("close", 0, "UP", "DOWN")).hasMessage("horizon: 0 (expected: 1..250)");
        assertThatThrownBy(() -> new Change("close", 0, "EUR")).hasMessage("horizon: 0 (expected: 1..250)");
        assertThatThrownBy(() -> new Value("close", -1, "EUR")).hasMessage("horizon: -1 (expected: 0..250)");
        assertThatThrownBy(() -> new Value("close", 251, "EUR")).isInstanceOf(InvalidValueException.class);
    }

    private static String truth(Target target, int row) {
        Task task = target.task(TABLE, ALL);
        return task.outputNames().get((int) target.truth(TABLE, row, task));
    }

    private static IntStream known(Target target) {
        return IntStream.of(ALL).filter(row -> target.isKnown(TABLE, row));
    }
}
