package dev.laurel.model;

import java.util.regex.Pattern;

/** The name of an environment, {@code production}. Without a dash, so that {@code production-spy-direction} reads one way only. */
public record Environment(String value) implements Comparable<Environment> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]{0,19}");

    public Environment {
        Expect.that(
                FORM.matcher(value).matches(), "environment", value, "1..20 of a-z and 0-9, starting with a letter");
    }

    @Override
    public int compareTo(Environment other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
