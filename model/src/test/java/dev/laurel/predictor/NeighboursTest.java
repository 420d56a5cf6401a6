package dev.laurel.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeighboursTest {
    /** Corners of a square, and one far away. */
    private static final double[] ROWS = {0, 0, 0, 2, 2, 0, 2, 2, 50, 50};

    @Test
    void givesTheSharesOfTheLabelsNearby() {
        Neighbours three = new Neighbours(2, 3, 3, ROWS, new double[] {0, 1, 1, 0, 2});

        assertThat(scores(three, 0, 0.5)).containsExactly(new double[] {1 / 3.0, 2 / 3.0, 0}, within(1e-15));
        assertThat(scores(three, 40, 40)).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-15));
        assertThat(scores(new Neighbours(2, 3, 1, ROWS, new double[] {0, 1, 1, 0, 2}), 40, 40))
                .containsExactly(0, 0, 1);
    }

    @Test
    void givesTheMeanOfTheValuesNearby() {
        double[] prices = {10, 20, 40, 80, 1000};

        assertThat(scores(new Neighbours(2, 1, 2, ROWS, prices), 0, 1.5)).containsExactly(15);
        assertThat(scores(new Neighbours(2, 1, 5, ROWS, prices), 0, 0))
                .containsExactly(new double[] {230}, within(1e-12));
    }

    @Test
    void takesTheFirstOfRowsThatAreEquallyNear() {
        double[] prices = {10, 20, 40, 80, 1000};

        assertThat(scores(new Neighbours(2, 1, 1, ROWS, prices), 1, 1)).containsExactly(10);
        assertThat(scores(new Neighbours(2, 1, 2, ROWS, prices), 1, 1)).containsExactly(15);
        assertThat(scores(new Neighbours(2, 1, 1, ROWS, prices), 2, 1)).containsExactly(40);
    }

    @Test
    void findsNeighboursHoweverFarTheyAre() {
        Neighbours two = new Neighbours(1, 1, 2, new double[] {-1e200, 1e200, -1}, new double[] {1, 2, 4});

        assertThat(scores(two, 1e200)).as("of two beyond all numbers the first").containsExactly((1 + 2) / 2.0);
        assertThat(scores(two, 0)).containsExactly((4 + 1) / 2.0);
    }

    /** As one does who sorts all rows. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 40})
    void agreesWithSortingAllRows(int neighbours) {
        Random random = new Random(neighbours);
        double[] rows = random.ints(120, 0, 4).asDoubleStream().toArray();
        double[] values = random.doubles(40).toArray();
        Neighbours model = new Neighbours(3, 1, neighbours, rows, values);
        for (int round = 0; round < 500; round++) {
            double[] vector = random.ints(3, 0, 4).asDoubleStream().toArray();
            double expected = IntStream.range(0, 40)
                    .boxed()
                    .sorted(Comparator.comparingDouble(row -> distance(rows, row, vector)))
                    .limit(neighbours)
                    .mapToDouble(row -> values[row])
                    .average()
                    .orElseThrow();

            assertThat(scores(model, vector)[0]).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void refusesPartsThatDoNotFit() {
        assertThatThrownBy(() -> new Neighbours(2, 1, 6, ROWS, new double[5]))
                .hasMessage("model file: predictor: 6 neighbours (expected: 1..5)");
        assertThatThrownBy(() -> new Neighbours(2, 1, 0, ROWS, new double[5]))
                .hasMessage("model file: predictor: 0 neighbours (expected: 1..5)");
        assertThatThrownBy(() -> new Neighbours(2, 3, 1, ROWS, new double[] {0, 1, 2, 3, 0}))
                .hasMessage("model file: predictor: label 3.0 (expected: 0..2)");
        assertThatThrownBy(() -> new Neighbours(2, 3, 1, ROWS, new double[] {0, 1, 2, 0.5, 0}))
                .hasMessage("model file: predictor: label 0.5 (expected: 0..2)");
        assertThatThrownBy(() -> new Neighbours(2, 1, 1, new double[9], new double[5]))
                .hasMessage("model file: predictor: rows that are not as long as the inputs");
        assertThatThrownBy(() -> new Neighbours(2, 1, 1, ROWS, new double[5]).expectShares())
                .hasMessage("model file: predictor: values (expected: labels)");
    }

    private static double distance(double[] rows, int row, double[] vector) {
        return IntStream.range(0, 3)
                .mapToDouble(input -> Math.pow(rows[row * 3 + input] - vector[input], 2))
                .sum();
    }

    private static double[] scores(Neighbours model, double... vector) {
        double[] scores = new double[model.outputs()];
        model.scores(vector, scores);
        return scores;
    }
}
