package dev.laurel.predictor;

import java.util.Arrays;

/**
 * Support vector machines over the same vectors: {@code f(x) = sum of coefficient * kernel(vector, x) + intercept}. One machine gives the
 * value, or of two labels the first; of more labels each has a machine of its own, against all others. A machine of labels has its
 * probability {@code 1 / (1 + exp(slope * f + offset))}: Platt, "Probabilistic outputs for support vector machines" (1999). With more than
 * two labels these are divided by their sum.
 */
public final class SupportVectors implements Compiled {
    private final int inputs;
    private final int outputs;
    private final Kernel kernel;
    private final double[] vectors;
    private final double[] coefficients;
    private final double[] intercepts;
    private final double[] slopes;
    private final double[] offsets;

    /**
     * Takes the arrays as they are.
     *
     * @param outputs labels, or 1 for values
     * @param vectors {@code inputs} numbers for each
     * @param coefficients of each machine one for each vector
     * @param intercepts one for each machine
     * @param slopes of the probabilities, one for each machine; none for values
     * @param offsets of the probabilities, likewise
     */
    public SupportVectors(
            int inputs,
            int outputs,
            Kernel kernel,
            double[] vectors,
            double[] coefficients,
            double[] intercepts,
            double[] slopes,
            double[] offsets) {
        FlatReader.expect(inputs >= 1 && outputs >= 1, "no inputs or outputs (expected: at least one)");
        int machines = machines(outputs);
        FlatReader.expect(
                intercepts.length == machines, "%d machines (expected: %d)".formatted(intercepts.length, machines));
        int scaled = outputs == 1 ? 0 : machines;
        FlatReader.expect(
                slopes.length == scaled && offsets.length == scaled,
                "%d scales (expected: %d)".formatted(slopes.length, scaled));
        FlatReader.expect(vectors.length % inputs == 0, "vectors that are not as long as the inputs");
        FlatReader.expect(
                coefficients.length == (long) machines * (vectors.length / inputs),
                "%d coefficients (expected: one for each machine and vector)".formatted(coefficients.length));
        this.inputs = inputs;
        this.outputs = outputs;
        this.kernel = kernel;
        this.vectors = vectors;
        this.coefficients = coefficients;
        this.intercepts = intercepts;
        this.slopes = slopes;
        this.offsets = offsets;
    }

    private static int machines(int outputs) {
        return outputs <= 2 ? 1 : outputs;
    }

    static void write(SupportVectors model, FlatWriter writer) {
        writer.number(model.inputs);
        writer.number(model.outputs);
        writer.doubles(new double[] {model.kernel.gamma()});
        writer.doubles(model.intercepts);
        writer.doubles(model.slopes);
        writer.doubles(model.offsets);
        writer.number(model.vectors.length / model.inputs);
        writer.doubles(model.coefficients);
        writer.doubles(model.vectors);
    }

    static SupportVectors read(FlatReader reader) {
        int inputs = reader.number();
        FlatReader.expect(
                inputs >= 1 && inputs <= Trees.MOST_INPUTS,
                "%d inputs (expected: 1..%d)".formatted(inputs, Trees.MOST_INPUTS));
        int outputs = reader.number();
        FlatReader.expect(
                outputs >= 1 && outputs <= Trees.MOST_INPUTS,
                "%d outputs (expected: 1..%d)".formatted(outputs, Trees.MOST_INPUTS));
        Kernel kernel = new Kernel(reader.doubles(1)[0]);
        int machines = machines(outputs);
        double[] intercepts = reader.doubles(machines);
        double[] slopes = reader.doubles(outputs == 1 ? 0 : machines);
        double[] offsets = reader.doubles(slopes.length);
        int vectors = reader.count(Double.BYTES * (machines + inputs));
        double[] coefficients = reader.doubles(machines * vectors);
        return new SupportVectors(
                inputs, outputs, kernel, reader.doubles(vectors * inputs), coefficients, intercepts, slopes, offsets);
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    /**
     * What each machine says, before any probability.
     *
     * @param decisions takes one number for each machine
     */
    public void decisions(double[] vector, double[] decisions) {
        int machines = intercepts.length;
        int count = vectors.length / inputs;
        Arrays.fill(decisions, 0, machines, 0);
        for (int each = 0; each < count; each++) {
            double alike = kernel.of(vectors, each * inputs, vector, 0, inputs);
            for (int machine = 0; machine < machines; machine++) {
                decisions[machine] += coefficients[machine * count + each] * alike;
            }
        }
        for (int machine = 0; machine < machines; machine++) {
            decisions[machine] += intercepts[machine];
        }
    }

    @Override
    public void scores(double[] vector, double[] scores) {
        decisions(vector, scores);
        if (outputs == 2) {
            double exponent = slopes[0] * scores[0] + offsets[0];
            // Each from its own side, so that neither loses digits near 1.
            scores[0] = share(exponent);
            scores[1] = share(-exponent);
        } else if (outputs > 2) {
            shares(scores);
        }
    }

    private static double share(double exponent) {
        return 1 / (1 + StrictMath.exp(exponent));
    }

    /** By their logarithms, so that there is a greatest one even where all of them are as good as 0. */
    private void shares(double[] scores) {
        for (int output = 0; output < outputs; output++) {
            double exponent = slopes[output] * scores[output] + offsets[output];
            scores[output] = -(Math.max(0, exponent) + StrictMath.log1p(StrictMath.exp(-Math.abs(exponent))));
        }
        Softmax.of(scores, outputs);
    }

    @Override
    public void expectShares() {
        FlatReader.expect(outputs > 1, "values (expected: labels)");
    }
}
