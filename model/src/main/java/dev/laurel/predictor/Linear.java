package dev.laurel.predictor;

/** Weighted sums of the inputs: one for the value, or one for each label, whose shares are their softmax. */
public final class Linear implements Compiled {
    private final int inputs;
    private final boolean softmax;
    private final double[] weights;
    private final double[] intercepts;

    /**
     * Takes the arrays as they are.
     *
     * @param weights {@code inputs} for each output
     * @param intercepts one for each output
     */
    public Linear(int inputs, boolean softmax, double[] weights, double[] intercepts) {
        FlatReader.expect(inputs >= 1, "no inputs (expected: at least one)");
        FlatReader.expect(intercepts.length >= 1, "no outputs (expected: at least one)");
        FlatReader.expect(
                weights.length == inputs * intercepts.length,
                weights.length + " weights (expected: " + (long) inputs * intercepts.length + ")");
        this.inputs = inputs;
        this.softmax = softmax;
        this.weights = weights;
        this.intercepts = intercepts;
    }

    static void write(Linear linear, FlatWriter writer) {
        writer.number(linear.inputs);
        writer.number(linear.outputs());
        writer.unsignedByte(linear.softmax ? 1 : 0);
        writer.doubles(linear.intercepts);
        writer.doubles(linear.weights);
    }

    static Linear read(FlatReader reader) {
        int inputs = reader.count(Double.BYTES);
        int outputs = reader.count(Double.BYTES);
        int softmax = reader.unsignedByte();
        FlatReader.expect(softmax <= 1, "softmax %d (expected: 0 or 1)".formatted(softmax));
        double[] intercepts = reader.doubles(outputs);
        long weights = (long) inputs * outputs;
        FlatReader.expect(weights <= Integer.MAX_VALUE / Double.BYTES, "%d weights".formatted(weights));
        return new Linear(inputs, softmax == 1, reader.doubles((int) weights), intercepts);
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return intercepts.length;
    }

    @Override
    public void scores(double[] vector, double[] scores) {
        for (int output = 0; output < intercepts.length; output++) {
            double sum = intercepts[output];
            int at = output * inputs;
            for (int input = 0; input < inputs; input++) {
                sum += weights[at + input] * vector[input];
            }
            scores[output] = sum;
        }
        if (softmax) {
            Softmax.of(scores, intercepts.length);
        }
    }

    @Override
    public void expectShares() {
        FlatReader.expect(softmax, "sums as they are (expected: their softmax, for labels)");
    }
}
