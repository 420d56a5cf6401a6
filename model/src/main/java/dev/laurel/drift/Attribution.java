package dev.laurel.drift;

import dev.laurel.model.Expect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Which inputs changed the mean of the answers. A row from before becomes one from now, an input after the other in random order, and each
 * input gets what the answer changes with it. The mean over many pairs of rows and orders is the Shapley value of the input: Štrumbelj and
 * Kononenko, "Explaining prediction models and individual predictions with feature contributions" (2014), whose sampling this is, for a
 * change of distributions as in Budhathoki, Janzing, Blöbaum and Ng, "Why did the distribution change?" (2021), with the inputs taken as
 * independent of each other. The parts add up to the whole change of the rows that were drawn.
 *
 * @param before the mean answer for the rows from before that were drawn
 * @param after that for the rows from now
 */
public record Attribution(double before, double after, List<Part> parts) {
    /** Pairs of rows: the standard error of a part is then a hundredth of the deviation of what one row changes. */
    private static final int PAIRS = 10_000;

    private static final long SEED = 1;

    /**
     * @param change of the mean answer that comes with this input
     * @param share of the sum of all changes without their signs, 0..1
     */
    public record Part(String input, double change, double share) {}

    public Attribution {
        parts = List.copyOf(parts);
    }

    /**
     * @param inputs the places in a vector that change together, by name: a column with words has one for each word
     * @param answer of a vector, as one number
     * @return the parts with the largest change first
     */
    public static Attribution of(
            Map<String, int[]> inputs, double[][] before, double[][] after, ToDoubleFunction<double[]> answer) {
        Expect.range("rows from before", before.length, 1, Integer.MAX_VALUE);
        Expect.range("rows", after.length, 1, Integer.MAX_VALUE);
        Random random = new Random(SEED);
        List<String> order = new ArrayList<>(inputs.keySet());
        Map<String, Double> changes = new LinkedHashMap<>();
        double first = 0;
        double last = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            double[] vector = before[random.nextInt(before.length)].clone();
            double[] now = after[random.nextInt(after.length)];
            Collections.shuffle(order, random);
            double answered = answer.applyAsDouble(vector);
            first += answered / PAIRS;
            for (String input : order) {
                if (become(vector, now, inputs.getOrDefault(input, new int[0]))) {
                    double next = answer.applyAsDouble(vector);
                    changes.merge(input, (next - answered) / PAIRS, Double::sum);
                    answered = next;
                }
            }
            last += answered / PAIRS;
        }
        double whole = changes.values().stream().mapToDouble(Math::abs).sum();
        return new Attribution(
                first,
                last,
                inputs.keySet().stream()
                        .map(input -> {
                            double change = changes.getOrDefault(input, 0.0);
                            return new Part(input, change, whole == 0 ? 0 : Math.abs(change) / whole);
                        })
                        .sorted(Comparator.comparingDouble(Part::share).reversed())
                        .toList());
    }

    /** Whether anything changed by it. */
    private static boolean become(double[] vector, double[] now, int[] places) {
        boolean changed = Arrays.stream(places).anyMatch(place -> vector[place] != now[place]);
        for (int place : places) {
            vector[place] = now[place];
        }
        return changed;
    }
}
