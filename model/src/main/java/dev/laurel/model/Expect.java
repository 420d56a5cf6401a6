package dev.laurel.model;

import java.util.Collection;

/** The checks that records make in their compact constructors; each failure is an {@link InvalidValueException}. */
public final class Expect {
    private Expect() {}

    public static void that(boolean holds, String thing, Object value, String expected) {
        if (!holds) {
            throw new InvalidValueException(thing, value, expected);
        }
    }

    public static void range(String thing, long value, long lowest, long highest) {
        that(
                lowest <= value && value <= highest,
                thing,
                value,
                highest == Integer.MAX_VALUE ? lowest + " or more" : lowest + ".." + highest);
    }

    /** A finite number within {@code lowest..highest}, both included. */
    public static void range(String thing, double value, double lowest, double highest) {
        that(lowest <= value && value <= highest, thing, value, lowest + ".." + highest);
    }

    public static void notEmpty(String thing, Collection<?> values) {
        that(!values.isEmpty(), thing, values, "at least one");
    }

    public static void notBlank(String thing, String value) {
        that(!value.isBlank(), thing, "'" + value + "'", "some text");
    }
}
