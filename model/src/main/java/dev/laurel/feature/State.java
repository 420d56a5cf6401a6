package dev.laurel.feature;

import dev.laurel.model.Expect;
import java.util.List;

/** What a feature learned from the training rows: numbers such as means, or words such as a vocabulary; each kind says which. */
public record State(List<Double> numbers, List<String> words) {
    public static final State NONE = new State(List.of(), List.of());

    public State {
        numbers = List.copyOf(numbers);
        numbers.forEach(number -> Expect.that(Double.isFinite(number), "numbers", number, "a finite number"));
        words = List.copyOf(words);
    }

    public static State ofNumbers(Double... numbers) {
        return new State(List.of(numbers), List.of());
    }

    public static State ofWords(List<String> words) {
        return new State(List.of(), words);
    }

    boolean isOfNumbers(int count) {
        return numbers.size() == count && words.isEmpty();
    }

    public boolean isNone() {
        return equals(NONE);
    }
}
