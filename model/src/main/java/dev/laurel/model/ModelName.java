package dev.laurel.model;

import java.util.regex.Pattern;

/** The name of a model, {@code spy-direction}; safe as a folder, a label and part of a URL. */
public record ModelName(String value) implements Comparable<ModelName> {
    /** {@code environments/<env>/server} is the server of an environment. */
    private static final String RESERVED = "server";

    private static final Pattern FORM = Pattern.compile("[a-z]([a-z0-9-]{0,38}[a-z0-9])?");

    public ModelName {
        Expect.that(
                FORM.matcher(value).matches(),
                "model",
                value,
                "1..40 of a-z, 0-9 and '-', starting with a letter and not ending with '-'");
        Expect.that(
                !value.equals(RESERVED), "model", value, "another name; this one is that of an environment's server");
    }

    @Override
    public int compareTo(ModelName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
