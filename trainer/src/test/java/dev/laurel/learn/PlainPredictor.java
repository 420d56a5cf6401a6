package dev.laurel.learn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A second reader of {@code predictor.bin}, written from {@code docs/model-file.md} as it says there, as plainly as it can be, and without a class
 * of the first.
 */
final class PlainPredictor {
    private final ByteBuffer bytes;

    private PlainPredictor(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** From a vector to the answers. */
    static UnaryOperator<double[]> read(byte[] bytes) {
        PlainPredictor reader = new PlainPredictor(bytes);
        if (!reader.name().equals("LAUREL-PREDICTOR") || reader.bytes.get() != 1) {
            throw new IllegalArgumentException("no predictor");
        }
        return reader.kind();
    }

    private UnaryOperator<double[]> kind() {
        String name = name();
        return switch (name) {
            case "linear" -> linear();
            case "neighbours" -> neighbours();
            case "trees" -> averaged();
            case "support-vectors" -> supportVectors();
            case "boosted-trees" -> boosted();
            case "calibrated" -> calibrated();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private int number() {
        int low = bytes.get() & 0xff;
        return low < 128 ? low : low - 128 + 128 * number();
    }

    private double[] doubles(int count) {
        return IntStream.range(0, count).mapToDouble(i -> bytes.getDouble()).toArray();
    }

    private String name() {
        byte[] text = new byte[bytes.get()];
        bytes.get(text);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private UnaryOperator<double[]> linear() {
        int inputs = number();
        int outputs = number();
        boolean softmax = bytes.get() == 1;
        double[] intercepts = doubles(outputs);
        double[] weights = doubles(inputs * outputs);
        return vector -> {
            double[] sums = intercepts.clone();
            for (int i = 0; i < weights.length; i++) {
                sums[i / inputs] += weights[i] * vector[i % inputs];
            }
            return softmax ? softmax(sums) : sums;
        };
    }

    private static double[] softmax(double[] sums) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (double sum : sums) {
            greatest = Math.max(greatest, sum);
        }
        double total = 0;
        for (double sum : sums) {
            total += StrictMath.exp(sum - greatest);
        }
        double[] shares = new double[sums.length];
        for (int i = 0; i < sums.length; i++) {
            shares[i] = StrictMath.exp(sums[i] - greatest) / total;
        }
        return shares;
    }

    private UnaryOperator<double[]> neighbours() {
        int inputs = number();
        int outputs = number();
        int nearest = number();
        int rows = number();
        double[] answers = doubles(rows);
        double[] vectors = doubles(rows * inputs);
        return vector -> {
            double[] distances = new double[rows];
            for (int i = 0; i < vectors.length; i++) {
                double difference = vector[i % inputs] - vectors[i];
                distances[i / inputs] += difference * difference;
            }
            double[] scores = new double[outputs];
            // Sorting is stable: of rows that are equally near those that stand first.
            IntStream.range(0, rows)
                    .boxed()
                    .sorted(Comparator.comparingDouble(row -> distances[row]))
                    .limit(nearest)
                    .forEach(row -> {
                        if (outputs == 1) {
                            scores[0] += answers[row] / nearest;
                        } else {
                            scores[(int) answers[row]] += 1.0 / nearest;
                        }
                    });
            return scores;
        };
    }

    /** The leaf of each tree that a vector leads to. */
    private interface Leaves {
        List<double[]> of(double[] vector);
    }

    private Leaves leaves() {
        int inputs = number();
        int outputs = number();
        List<double[]> thresholds = new ArrayList<>();
        for (int input = 0; input < inputs; input++) {
            thresholds.add(doubles(number()));
        }
        int count = number();
        List<double[]> leaves = new ArrayList<>();
        for (int leaf = 0; leaf < count; leaf++) {
            leaves.add(doubles(outputs));
        }
        int trees = number();
        List<Node> roots = new ArrayList<>();
        for (int tree = 0; tree < trees; tree++) {
            roots.add(node(thresholds, leaves));
        }
        return vector -> roots.stream().map(root -> root.leaf(vector)).toList();
    }

    private interface Node {
        double[] leaf(double[] vector);
    }

    private Node node(List<double[]> thresholds, List<double[]> leaves) {
        int input = number();
        int place = number();
        if (input == 0) {
            return vector -> leaves.get(place);
        }
        double threshold = thresholds.get(input - 1)[place];
        Node atMost = node(thresholds, leaves);
        Node above = node(thresholds, leaves);
        return vector -> vector[input - 1] <= threshold ? atMost.leaf(vector) : above.leaf(vector);
    }

    private UnaryOperator<double[]> averaged() {
        Leaves leaves = leaves();
        return vector -> {
            List<double[]> reached = leaves.of(vector);
            double[] scores = new double[reached.get(0).length];
            for (double[] leaf : reached) {
                for (int output = 0; output < scores.length; output++) {
                    scores[output] += leaf[output];
                }
            }
            for (int output = 0; output < scores.length; output++) {
                scores[output] /= reached.size();
            }
            return scores;
        };
    }

    private UnaryOperator<double[]> boosted() {
        int link = bytes.get();
        double[] bases = doubles(number());
        Leaves leaves = leaves();
        return vector -> {
            double[] sums = bases.clone();
            int tree = 0;
            for (double[] leaf : leaves.of(vector)) {
                sums[tree++ % sums.length] += leaf[0];
            }
            return switch (link) {
                case 0 -> sums;
                case 1 -> new double[] {1 / (1 + StrictMath.exp(-sums[0])), 1 / (1 + StrictMath.exp(sums[0]))};
                default -> softmax(sums);
            };
        };
    }

    private UnaryOperator<double[]> supportVectors() {
        int inputs = number();
        int outputs = number();
        int machines = outputs <= 2 ? 1 : outputs;
        double gamma = bytes.getDouble();
        double[] intercepts = doubles(machines);
        double[] slopes = doubles(outputs == 1 ? 0 : machines);
        double[] offsets = doubles(slopes.length);
        int count = number();
        double[] coefficients = doubles(machines * count);
        double[] vectors = doubles(count * inputs);
        return vector -> {
            double[] said = new double[machines];
            for (int each = 0; each < count; each++) {
                double sum = 0;
                for (int input = 0; input < inputs; input++) {
                    double x = vectors[each * inputs + input];
                    sum += gamma == 0 ? x * vector[input] : (x - vector[input]) * (x - vector[input]);
                }
                double alike = gamma == 0 ? sum : StrictMath.exp(-gamma * sum);
                for (int machine = 0; machine < machines; machine++) {
                    said[machine] += coefficients[machine * count + each] * alike;
                }
            }
            for (int machine = 0; machine < machines; machine++) {
                said[machine] += intercepts[machine];
            }
            if (outputs == 1) {
                return said;
            }
            if (outputs == 2) {
                double exponent = slopes[0] * said[0] + offsets[0];
                return new double[] {1 / (1 + StrictMath.exp(exponent)), 1 / (1 + StrictMath.exp(-exponent))};
            }
            for (int machine = 0; machine < machines; machine++) {
                said[machine] = 1 / (1 + StrictMath.exp(slopes[machine] * said[machine] + offsets[machine]));
            }
            return divided(said);
        };
    }

    private static double[] divided(double[] scores) {
        double total = 0;
        for (double score : scores) {
            total += score;
        }
        double[] shares = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            shares[i] = scores[i] / total;
        }
        return shares;
    }

    private UnaryOperator<double[]> calibrated() {
        int count = number();
        List<DoubleUnaryOperator> curves = new ArrayList<>();
        for (int curve = 0; curve < count; curve++) {
            curves.add(curve());
        }
        UnaryOperator<double[]> model = kind();
        return vector -> {
            double[] scores = model.apply(vector);
            for (int output = 0; output < scores.length; output++) {
                scores[output] = curves.get(output).applyAsDouble(scores[output]);
            }
            return divided(scores);
        };
    }

    private DoubleUnaryOperator curve() {
        int points = number();
        if (points == 0) {
            double slope = bytes.getDouble();
            double offset = bytes.getDouble();
            return probability -> {
                double held = Math.max(1e-6, Math.min(1 - 1e-6, probability));
                return 1 / (1 + StrictMath.exp(slope * StrictMath.log(held / (1 - held)) + offset));
            };
        }
        double[] from = doubles(points);
        double[] to = doubles(points);
        return probability -> {
            if (probability <= from[0]) {
                return to[0];
            }
            for (int next = 1; next < points; next++) {
                if (probability < from[next]) {
                    double share = (probability - from[next - 1]) / (from[next] - from[next - 1]);
                    return to[next - 1] + share * (to[next] - to[next - 1]);
                }
            }
            return to[points - 1];
        };
    }
}
