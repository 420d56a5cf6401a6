package dev.laurel.model;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One set of hyperparameters that a run tries: those in which it differs from the trainer of the definition, by their names there. Empty for
 * the trainer as it is.
 */
public record Experiment(SortedMap<String, Double> hyperparameters) {
    /** The trainer as the definition has it. */
    public static final Experiment AS_DEFINED = new Experiment(new TreeMap<>());

    public Experiment {
        hyperparameters.forEach((name, value) -> Expect.that(Double.isFinite(value), name, value, "a finite number"));
        hyperparameters = Collections.unmodifiableSortedMap(new TreeMap<>(hyperparameters));
    }

    public static Experiment of(Map<String, Double> hyperparameters) {
        return new Experiment(new TreeMap<>(hyperparameters));
    }

    /** For people: {@code depth 3, trees 50}. */
    @Override
    public String toString() {
        return hyperparameters.isEmpty()
                ? "as defined"
                : hyperparameters.entrySet().stream()
                        .map(each -> each.getKey() + " " + number(each.getValue()))
                        .collect(Collectors.joining(", "));
    }

    /** Whole numbers without a fraction, others as short as they are. */
    public static String number(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
