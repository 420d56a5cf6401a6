package dev.laurel.task;

import java.util.List;

/** What a model answers for one row. */
public sealed interface Answer {

    /**
     * @param confidence the probability of the positive label where there are two, else that of {@code label}
     * @param probabilities in the order of the task's labels
     */
    record Classified(String label, double confidence, List<Double> probabilities) implements Answer {}

    record Estimated(double value, String unit) implements Answer {}
}
