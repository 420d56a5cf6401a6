package dev.laurel.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SupportVectorsTest {
    private static final double[] NONE = {};

    /** {@code f(x) = 0.5 * (2 x) - 1}. */
    private static final SupportVectors VALUE = new SupportVectors(
            1, 1, Kernel.LINEAR, new double[] {2}, new double[] {0.5}, new double[] {-1}, NONE, NONE);

    /** The example of docs/model-file.md, byte by byte: the format is read by others, too. */
    @Test
    void isWrittenAsItIsDescribed() {
        assertThat(HexFormat.of().formatHex(PredictorFormat.encode(VALUE)))
                .isEqualTo("10" + "4c415552454c2d505245444943544f52" // LAUREL-PREDICTOR
                        + "01" // version
                        + "0f" + "737570706f72742d766563746f7273" // support-vectors
                        + "01" + "01" // inputs, outputs
                        + "0000000000000000" // gamma 0: the linear kernel
                        + "000000000000f0bf" // intercept -1
                        + "01" // vectors
                        + "000000000000e03f" // coefficient 0.5
                        + "0000000000000040"); // vector 2
    }

    @Test
    void sumsKernelValues() {
        assertThat(scores(VALUE, 3)).containsExactly(2);
    }

    /** At its own vector the kernel is 1, at the other {@code exp(-0.5 * 4)}; the probability is {@code 1 / (1 + exp(-2 f + 1))}. */
    @Test
    void givesTheFirstOfTwoLabelsItsProbability() {
        SupportVectors model = new SupportVectors(
                2,
                2,
                new Kernel(0.5),
                new double[] {0, 0, 0, 2},
                new double[] {1, -1},
                new double[] {0.25},
                new double[] {-2},
                new double[] {1});
        double decision = 1 - Math.exp(-2) + 0.25;
        double probability = 1 / (1 + Math.exp(-2 * decision + 1));

        assertThat(scores(model, 0, 0)).containsExactly(new double[] {probability, 1 - probability}, within(1e-15));
    }

    @Test
    void dividesTheProbabilitiesOfMoreLabelsByTheirSum() {
        SupportVectors model = three(new double[] {-1, -1, -1}, new double[] {0, Math.log(3), Math.log(4)});

        // Without support of any vector at 0: 1 / 2, 1 / 4 and 1 / 5.
        assertThat(scores(model, 0)).containsExactly(new double[] {10 / 19.0, 5 / 19.0, 4 / 19.0}, within(1e-15));
    }

    /** Each probability by itself would be 0. */
    @Test
    void hasAMostLikelyLabelEvenWhereNoneIsLikely() {
        SupportVectors model = three(new double[] {-1, -1, -1}, new double[] {5000, 4000, 6000});

        assertThat(scores(model, 0)).containsExactly(0, 1, 0);
    }

    @Test
    void refusesPartsThatDoNotFit() {
        assertThatThrownBy(() -> new SupportVectors(
                        1, 2, Kernel.LINEAR, new double[] {2}, new double[] {1}, new double[] {0}, NONE, NONE))
                .hasMessage("model file: predictor: 0 scales (expected: 1)");
        assertThatThrownBy(() ->
                        new SupportVectors(1, 1, Kernel.LINEAR, new double[] {2}, NONE, new double[] {0}, NONE, NONE))
                .hasMessage("model file: predictor: 0 coefficients (expected: one for each machine and vector)");
        assertThatThrownBy(() -> new Kernel(-1))
                .hasMessage("model file: predictor: gamma -1.0 (expected: a finite number from 0)");
        assertThatThrownBy(VALUE::expectShares).hasMessage("model file: predictor: values (expected: labels)");
    }

    private static SupportVectors three(double[] slopes, double[] offsets) {
        return new SupportVectors(1, 3, Kernel.LINEAR, new double[] {1}, new double[3], new double[3], slopes, offsets);
    }

    /** One for vectors of four numbers. */
    static SupportVectors drawn(int outputs) {
        Random random = new Random(outputs);
        int machines = outputs <= 2 ? 1 : outputs;
        int scales = outputs == 1 ? 0 : machines;
        return new SupportVectors(
                4,
                outputs,
                new Kernel(0.3),
                random.doubles(16, -2, 2).toArray(),
                random.doubles(4 * machines, -2, 2).toArray(),
                random.doubles(machines, -1, 1).toArray(),
                random.doubles(scales, -2, 0).toArray(),
                random.doubles(scales, -1, 1).toArray());
    }

    private static double[] scores(Compiled model, double... vector) {
        double[] scores = new double[model.outputs()];
        model.scores(vector, scores);
        return scores;
    }
}
