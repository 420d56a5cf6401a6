package dev.laurel.store;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What turned out to be true.
 *
 * @param actual the label, or the value as a text
 * @param value null for labels
 */
public record Truth(Subject of, String actual, @Nullable Double value, Instant at) {

    public boolean saysTheSameAs(Truth other) {
        return actual.equals(other.actual) && Objects.equals(value, other.value);
    }
}
