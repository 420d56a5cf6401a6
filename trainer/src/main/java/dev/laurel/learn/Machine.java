package dev.laurel.learn;

import dev.laurel.predictor.SupportVectors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A fitted support vector machine.
 *
 * @param weights of each training row; 0 of those that are no support vectors
 * @param decisions what it says of each training row that it was fitted on, as they came out of fitting
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Machine(double[] weights, double intercept, double[] decisions) {
    /** Beside the sum of the weights: kernel values are rounded to float while a machine is fitted. */
    private static final double ROUNDING = 1e-6;

    /**
     * Tells some rows from the others.
     *
     * @param rows to fit on
     * @param isPositive of each training row
     */
    static Machine ofLabels(KernelRows kernel, int[] rows, boolean[] isPositive, double cost, double tolerance) {
        double[] costs = new double[isPositive.length];
        Arrays.fill(costs, cost);
        return ofLabels(kernel, rows, isPositive, costs, tolerance);
    }

    /** @param costs of each training row */
    static Machine ofLabels(KernelRows kernel, int[] rows, boolean[] isPositive, double[] costs, double tolerance) {
        double[] pulls = new double[rows.length];
        double[] lowest = new double[rows.length];
        double[] highest = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            boolean positive = isPositive[rows[i]];
            pulls[i] = positive ? 1 : -1;
            lowest[i] = positive ? 0 : -costs[rows[i]];
            highest[i] = positive ? costs[rows[i]] : 0;
        }
        return new Smo(kernel, rows, pulls, lowest, highest, tolerance).solve();
    }

    /** Estimates values; each row pulls up, from epsilon below its value, and down, from epsilon above. */
    static Machine ofValues(KernelRows kernel, double[] values, double cost, double epsilon, double tolerance) {
        int count = values.length;
        int[] rows = new int[2 * count];
        double[] pulls = new double[2 * count];
        double[] lowest = new double[2 * count];
        double[] highest = new double[2 * count];
        for (int row = 0; row < count; row++) {
            rows[row] = row;
            pulls[row] = values[row] - epsilon;
            highest[row] = cost;
            rows[count + row] = row;
            pulls[count + row] = values[row] + epsilon;
            lowest[count + row] = -cost;
        }
        return new Smo(kernel, rows, pulls, lowest, highest, tolerance).solve();
    }

    /** What it says of other training rows than those that it was fitted on. */
    double[] decide(KernelRows kernel, int[] rows) {
        double[] decisions = new double[rows.length];
        Arrays.fill(decisions, intercept);
        for (int row = 0; row < weights.length; row++) {
            if (weights[row] != 0) {
                float[] alike = kernel.row(row);
                for (int i = 0; i < rows.length; i++) {
                    decisions[i] += weights[row] * alike[rows[i]];
                }
            }
        }
        return decisions;
    }

    /**
     * The form in which they answer, proven on the training rows to say what came out of fitting.
     *
     * @param scales of their probabilities, one for each machine; none for values
     */
    static SupportVectors compile(KernelRows kernel, int outputs, List<Machine> machines, List<Platt> scales) {
        int[] support = IntStream.range(0, kernel.rows())
                .filter(row -> machines.stream().anyMatch(machine -> machine.weights[row] != 0))
                .toArray();
        double[] vectors = new double[support.length * kernel.features()];
        double[] coefficients = new double[machines.size() * support.length];
        for (int i = 0; i < support.length; i++) {
            kernel.copy(support[i], vectors, i * kernel.features());
            for (int machine = 0; machine < machines.size(); machine++) {
                coefficients[machine * support.length + i] = machines.get(machine).weights[support[i]];
            }
        }
        SupportVectors compiled = new SupportVectors(
                kernel.features(),
                outputs,
                kernel.kernel(),
                vectors,
                coefficients,
                machines.stream().mapToDouble(Machine::intercept).toArray(),
                scales.stream().mapToDouble(Platt::slope).toArray(),
                scales.stream().mapToDouble(Platt::offset).toArray());
        prove(compiled, kernel, machines);
        return compiled;
    }

    private static void prove(SupportVectors compiled, KernelRows kernel, List<Machine> machines) {
        double[] sizes =
                machines.stream().mapToDouble(machine -> machine.size(kernel)).toArray();
        double[] vector = new double[kernel.features()];
        double[] decisions = new double[machines.size()];
        for (int row = 0; row < kernel.rows(); row++) {
            kernel.copy(row, vector, 0);
            compiled.decisions(vector, decisions);
            for (int machine = 0; machine < decisions.length; machine++) {
                double fitted = machines.get(machine).decisions[row];
                if (!(Math.abs(decisions[machine] - fitted) <= ROUNDING * sizes[machine])) {
                    throw new IllegalStateException("machine %s, training row %s: compiled %s, fitted %s"
                            .formatted(machine, row, decisions[machine], fitted));
                }
            }
        }
    }

    /** No decision is larger. */
    private double size(KernelRows kernel) {
        double sum = 0;
        double largest = 0;
        for (int row = 0; row < weights.length; row++) {
            sum += Math.abs(weights[row]);
            largest = Math.max(largest, kernel.diagonal(row));
        }
        return 1 + Math.abs(intercept) + sum * largest;
    }
}
