package dev.laurel.predictor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The probabilities of another model, each led through a curve and then divided by the sum of them all. */
public final class Calibrated implements Compiled {
    static final String NAME = "calibrated";

    private final List<Curve> curves;
    private final Compiled model;

    /** From a probability to another one, which is no less for a greater one. */
    public sealed interface Curve {
        double of(double probability);

        /** The same for the other of two labels. */
        Curve mirrored();
    }

    /** {@code 1 / (1 + exp(slope * f + offset))} of the log-odds {@code f}. */
    public record Sigmoid(double slope, double offset) implements Curve {
        /** Log-odds of 0 and 1 would be infinite. */
        private static final double EDGE = 1e-6;

        public static double logOdds(double probability) {
            double inside = Math.max(EDGE, Math.min(1 - EDGE, probability));
            return StrictMath.log(inside / (1 - inside));
        }

        @Override
        public double of(double probability) {
            return 1 / (1 + StrictMath.exp(slope * logOdds(probability) + offset));
        }

        @Override
        public Curve mirrored() {
            return new Sigmoid(slope, -offset);
        }
    }

    /**
     * Straight between points, and level beyond the first and the last.
     *
     * @param from strictly rising, at least one
     * @param to 0..1
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Points(double[] from, double[] to) implements Curve {
        public Points {
            FlatReader.expect(from.length >= 1, "no points (expected: at least one)");
            for (int i = 0; i < from.length; i++) {
                FlatReader.expect(
                        i == 0 || from[i] > from[i - 1], "points at %s (expected: rising)".formatted(from[i]));
                FlatReader.expect(to[i] >= 0 && to[i] <= 1, "a point of %s (expected: 0..1)".formatted(to[i]));
            }
        }

        @Override
        public double of(double probability) {
            int found = Arrays.binarySearch(from, probability);
            if (found >= 0) {
                return to[found];
            }
            int next = -found - 1;
            if (next == 0) {
                return to[0];
            }
            if (next == from.length) {
                return to[next - 1];
            }
            double share = (probability - from[next - 1]) / (from[next] - from[next - 1]);
            return to[next - 1] + share * (to[next] - to[next - 1]);
        }

        @Override
        public Curve mirrored() {
            double[] back = new double[from.length];
            double[] share = new double[from.length];
            for (int i = 0; i < from.length; i++) {
                back[from.length - 1 - i] = 1 - from[i];
                share[from.length - 1 - i] = 1 - to[i];
            }
            return new Points(back, share);
        }
    }

    /** @param curves one for each output of the model */
    public Calibrated(List<Curve> curves, Compiled model) {
        FlatReader.expect(
                curves.size() == model.outputs(),
                "%s curves (expected: one for each of %s outputs)".formatted(curves.size(), model.outputs()));
        this.curves = List.copyOf(curves);
        this.model = model;
    }

    static void write(Calibrated calibrated, FlatWriter writer) {
        writer.number(calibrated.curves.size());
        for (Curve curve : calibrated.curves) {
            if (curve instanceof Sigmoid sigmoid) {
                writer.number(0);
                writer.doubles(new double[] {sigmoid.slope(), sigmoid.offset()});
            } else if (curve instanceof Points points) {
                writer.number(points.from().length);
                writer.doubles(points.from());
                writer.doubles(points.to());
            }
        }
        PredictorFormat.write(calibrated.model, writer);
    }

    static Calibrated read(FlatReader reader) {
        int count = reader.count(1);
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int points = reader.count(2 * Double.BYTES);
            if (points == 0) {
                double[] sigmoid = reader.doubles(2);
                curves.add(new Sigmoid(sigmoid[0], sigmoid[1]));
            } else {
                curves.add(new Points(reader.doubles(points), reader.doubles(points)));
            }
        }
        String kind = reader.name();
        // Looked at before it is read, so that no file makes a reader go deeper and deeper.
        FlatReader.expect(!kind.equals(NAME), "kind %s within %s (expected: another)".formatted(kind, NAME));
        return new Calibrated(curves, PredictorFormat.read(reader, kind));
    }

    @Override
    public int inputs() {
        return model.inputs();
    }

    @Override
    public int outputs() {
        return model.outputs();
    }

    @Override
    public void scores(double[] vector, double[] scores) {
        model.scores(vector, scores);
        lead(scores);
    }

    /** From what the model says to what its curves make of it, in place. */
    public void lead(double[] scores) {
        double sum = 0;
        for (int output = 0; output < scores.length; output++) {
            scores[output] = curves.get(output).of(scores[output]);
            sum += scores[output];
        }
        for (int output = 0; output < scores.length; output++) {
            scores[output] = sum == 0 ? 1.0 / scores.length : scores[output] / sum;
        }
    }

    @Override
    public void expectShares() {
        model.expectShares();
    }
}
