package dev.laurel.predictor;

import java.util.Arrays;

/** The rows that were learned from; the mean answer of those nearest by Euclidean distance, the first of rows that are equally near. */
public final class Neighbours implements Compiled {
    /** Of each thread, so that no row allocates: a model answers on many threads, each with one row at a time. */
    private static final ThreadLocal<Found> FOUND = ThreadLocal.withInitial(() -> new Found(16));

    private final int inputs;
    private final int outputs;
    private final int neighbours;
    private final double[] rows;
    private final double[] answers;

    /**
     * Takes the arrays as they are.
     *
     * @param outputs labels, or 1 for values
     * @param rows {@code inputs} numbers for each row
     * @param answers of each row the place of its label, or its value
     */
    public Neighbours(int inputs, int outputs, int neighbours, double[] rows, double[] answers) {
        FlatReader.expect(inputs >= 1 && outputs >= 1, "no inputs or outputs (expected: at least one)");
        FlatReader.expect(
                neighbours >= 1 && neighbours <= answers.length,
                "%s neighbours (expected: 1..%s)".formatted(neighbours, answers.length));
        FlatReader.expect(rows.length == (long) inputs * answers.length, "rows that are not as long as the inputs");
        if (outputs > 1) {
            for (double answer : answers) {
                FlatReader.expect(
                        answer >= 0 && answer < outputs && answer == (int) answer,
                        "label %s (expected: 0..%s)".formatted(answer, outputs - 1));
            }
        }
        this.inputs = inputs;
        this.outputs = outputs;
        this.neighbours = neighbours;
        this.rows = rows;
        this.answers = answers;
    }

    static void write(Neighbours model, FlatWriter writer) {
        writer.number(model.inputs);
        writer.number(model.outputs);
        writer.number(model.neighbours);
        writer.number(model.answers.length);
        writer.doubles(model.answers);
        writer.doubles(model.rows);
    }

    static Neighbours read(FlatReader reader) {
        int inputs = reader.count(1);
        int outputs = reader.number();
        FlatReader.expect(outputs <= Trees.MOST_INPUTS, "%s outputs".formatted(outputs));
        int neighbours = reader.number();
        int rows = reader.count(Double.BYTES);
        double[] answers = reader.doubles(rows);
        long values = (long) rows * inputs;
        FlatReader.expect(values <= Integer.MAX_VALUE / Double.BYTES, "%s values".formatted(values));
        return new Neighbours(inputs, outputs, neighbours, reader.doubles((int) values), answers);
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public void scores(double[] vector, double[] scores) {
        Found found = FOUND.get();
        if (found.nearest.length < neighbours) {
            found = new Found(neighbours);
            FOUND.set(found);
        }
        double[] nearest = found.nearest;
        int[] places = found.places;
        Arrays.fill(nearest, 0, neighbours, Double.POSITIVE_INFINITY);
        for (int row = 0; row < answers.length; row++) {
            double distance = distance(vector, row, nearest[neighbours - 1]);
            if (distance < nearest[neighbours - 1] || (row < neighbours && Double.isInfinite(distance))) {
                int at = Math.min(row, neighbours - 1);
                while (at > 0 && nearest[at - 1] > distance) {
                    nearest[at] = nearest[at - 1];
                    places[at] = places[at - 1];
                    at--;
                }
                nearest[at] = distance;
                places[at] = row;
            }
        }
        Arrays.fill(scores, 0);
        for (int i = 0; i < neighbours; i++) {
            int place = places[i];
            if (outputs == 1) {
                scores[0] += answers[place] / neighbours;
            } else {
                scores[(int) answers[place]] += 1.0 / neighbours;
            }
        }
    }

    /** The square of it; something larger once it is beyond {@code limit}. */
    private double distance(double[] vector, int row, double limit) {
        double sum = 0;
        int at = row * inputs;
        for (int input = 0; input < inputs && sum <= limit; input++) {
            double difference = vector[input] - rows[at + input];
            sum += difference * difference;
        }
        return sum;
    }

    @Override
    public void expectShares() {
        FlatReader.expect(outputs > 1, "values (expected: labels)");
    }

    /** The nearest rows so far, and how far they are. */
    private static final class Found {
        private final double[] nearest;
        private final int[] places;

        Found(int neighbours) {
            nearest = new double[neighbours];
            places = new int[neighbours];
        }
    }
}
