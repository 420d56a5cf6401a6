package dev.laurel.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.definition.Trainer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTest {
    private static final double TOLERANCE = 1e-9;
    private static final double[][] ASKED = {{0, 0, 0}, {1, 1, 1}, {0.5, -1.2, 3.0}};

    /** The margin between -1 and 1 is widest around 0: weight 1, half of it from each row. */
    @Test
    void twoRowsByHand() {
        KernelRows kernel = KernelRows.of(new double[][] {{1}, {-1}}, Trainer.Kernel.LINEAR, 0);

        Machine machine = Machine.ofLabels(kernel, new int[] {0, 1}, new boolean[] {true, false}, 10, TOLERANCE);

        assertThat(machine.weights()).containsExactly(0.5, -0.5);
        assertThat(machine.intercept()).isZero();
        assertThat(machine.decisions()).containsExactly(1, -1);
    }

    /** A cost below what the margin asks for: both weights are at their bounds, and the margin is missed. */
    @Test
    void aLowCostHoldsTheWeights() {
        KernelRows kernel = KernelRows.of(new double[][] {{1}, {-1}}, Trainer.Kernel.LINEAR, 0);

        Machine machine = Machine.ofLabels(kernel, new int[] {0, 1}, new boolean[] {true, false}, 0.1, TOLERANCE);

        assertThat(machine.weights()).containsExactly(0.1, -0.1);
        assertThat(machine.decisions()).containsExactly(new double[] {0.2, -0.2}, within(1e-12));
    }

    /** The flattest line that is within 0.1 of both values. */
    @Test
    void twoValuesByHand() {
        KernelRows kernel = KernelRows.of(new double[][] {{0}, {1}}, Trainer.Kernel.LINEAR, 0);

        Machine machine = Machine.ofValues(kernel, new double[] {0, 1}, 10, 0.1, TOLERANCE);

        assertThat(machine.decisions()).containsExactly(new double[] {0.1, 0.9}, within(1e-12));
    }

    @Test
    void ofOneLabelAloneIsSure() {
        KernelRows kernel = KernelRows.of(Lessons.VECTORS, Trainer.Kernel.RBF, 0);
        int[] rows = IntStream.range(0, 10).toArray();

        assertThat(Machine.ofLabels(kernel, rows, new boolean[10], 1, TOLERANCE).decide(kernel, new int[] {3}))
                .containsExactly(-1);
    }

    /**
     * {@code SVC(kernel, C, gamma, tol=1e-10).fit(VECTORS, TWO_LABELS == 0).decision_function(ASKED)} of scikit-learn 1.9.1; a gamma of 0 is
     * its {@code scale}.
     */
    @ParameterizedTest
    @CsvSource({
        "RBF, 1, 0, -0.5861456070872257, -1.0657618523190333, 0.9999999939903654",
        "RBF, 10, 0.5, -0.4893225427898473, -0.6803751409627097, 0.9999999905153593",
        "LINEAR, 1, 0, -0.2957683794336112, -0.9286287260209722, 1.000000153665493"
    })
    void labelsAreThoseOfScikitLearn(
            Trainer.Kernel kernel, double cost, double gamma, double first, double second, double third) {
        KernelRows rows = KernelRows.of(Lessons.VECTORS, kernel, gamma);
        boolean[] isPositive = new boolean[10];
        for (int row = 0; row < 10; row++) {
            isPositive[row] = Lessons.TWO_LABELS[row] == 0;
        }

        Machine machine = Machine.ofLabels(rows, IntStream.range(0, 10).toArray(), isPositive, cost, TOLERANCE);

        assertThat(decisions(rows, machine, 2)).containsExactly(new double[] {first, second, third}, within(1e-5));
    }

    /** {@code SVR(kernel, C, gamma, epsilon, tol=1e-10).fit(VECTORS, VALUES).predict(ASKED)} of scikit-learn 1.9.1. */
    @ParameterizedTest
    @CsvSource({
        "RBF, 1, 0, 0.1, 1.6002290099740437, 1.4482973059619106, 3.325326224201002",
        "RBF, 10, 0.5, 0.5, 1.3963569733961414, 1.5671732636193743, 3.599999990308149",
        "LINEAR, 1, 0, 0.1, 1.0706041051919442, 1.8990536038590475, 4.207270468856287"
    })
    void valuesAreThoseOfScikitLearn(
            Trainer.Kernel kernel,
            double cost,
            double gamma,
            double epsilon,
            double first,
            double second,
            double third) {
        KernelRows rows = KernelRows.of(Lessons.VECTORS, kernel, gamma);

        Machine machine = Machine.ofValues(rows, Lessons.VALUES, cost, epsilon, TOLERANCE);

        assertThat(decisions(rows, machine, 1)).containsExactly(new double[] {first, second, third}, within(1e-5));
    }

    /** With so many rows some are left out on the way; the conditions hold for all of them in the end. */
    @ParameterizedTest
    @CsvSource({"0.1", "1", "30"})
    void isAnOptimumWhenRowsWereLeftOutOnTheWay(double cost) {
        Random random = new Random(3);
        double[][] vectors = Lessons.vectors(600, 4, 3);
        boolean[] isPositive = new boolean[600];
        for (int row = 0; row < 600; row++) {
            isPositive[row] = vectors[row][0] * vectors[row][1] + 0.2 * random.nextGaussian() > 0.3;
        }
        KernelRows kernel = KernelRows.of(vectors, Trainer.Kernel.RBF, 2);

        Machine machine = Machine.ofLabels(kernel, IntStream.range(0, 600).toArray(), isPositive, cost, Smo.TOLERANCE);

        double sum = 0;
        for (int row = 0; row < 600; row++) {
            double sign = isPositive[row] ? 1 : -1;
            double weight = sign * machine.weights()[row] + 0.0;
            double margin = sign * machine.decisions()[row];
            sum += machine.weights()[row];
            assertThat(weight).isBetween(0.0, cost);
            if (weight < cost) {
                assertThat(margin).isGreaterThan(1 - 2 * Smo.TOLERANCE);
            }
            if (weight > 0) {
                assertThat(margin).isLessThan(1 + 2 * Smo.TOLERANCE);
            }
        }
        assertThat(sum).isCloseTo(0, within(1e-9));
    }

    @Test
    void featuresBeyondTheKernelAreRefused() {
        assertThatThrownBy(() -> KernelRows.of(new double[][] {{1e20}, {1}}, Trainer.Kernel.LINEAR, 0))
                .hasMessage("sum of the squared features of training row 0: 1.0E40 (expected: at most 1.0E30;"
                        + " standardise them)");
    }

    @Test
    void aMachineThatWasNotFittedSoIsNotCompiled() {
        KernelRows kernel = KernelRows.of(new double[][] {{0}, {1}}, Trainer.Kernel.LINEAR, 0);
        Machine wrong = new Machine(new double[] {1, -1}, 0, new double[] {0, 1});

        assertThatThrownBy(() -> Machine.compile(kernel, 1, List.of(wrong), List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("machine 0, training row 1: compiled -1.0, fitted 1.0");
    }

    private static double[] decisions(KernelRows kernel, Machine machine, int outputs) {
        double[] decisions = new double[ASKED.length];
        for (int i = 0; i < ASKED.length; i++) {
            double[] one = new double[1];
            Machine.compile(kernel, outputs, List.of(machine), outputs == 1 ? List.of() : List.of(new Platt(-1, 0)))
                    .decisions(ASKED[i], one);
            decisions[i] = one[0];
        }
        return decisions;
    }
}
