package dev.laurel.model;

import java.util.regex.Pattern;

/** A value from outside that cannot be: says the thing, the value and what was expected, as {@code trees: -3 (expected: 1..10000)}. */
public final class InvalidValueException extends IllegalArgumentException {
    private static final int LONGEST_SHOWN_VALUE = 80;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final String thing;
    private final String problem;
    private final String expected;

    public InvalidValueException(String thing, Object value, String expected) {
        this(thing, problem(value, expected), expected);
    }

    private InvalidValueException(String thing, String problem, String expected) {
        super(message(thing, problem));
        this.thing = thing;
        this.problem = problem;
        this.expected = expected;
    }

    /** What it says, for those who only warn of it. */
    public static String text(String thing, Object value, String expected) {
        return message(thing, problem(value, expected));
    }

    private static String message(String thing, String problem) {
        return printable(thing + ": " + problem);
    }

    private static String problem(Object value, String expected) {
        return shown(value) + " (expected: " + expected + ")";
    }

    /** The same within a larger thing: {@code experiments[2].trees: ...}. */
    public InvalidValueException under(String larger) {
        return new InvalidValueException(larger + "." + thing, problem, expected);
    }

    /** What has the value, {@code trees}. */
    public String thing() {
        return thing;
    }

    /** The value and what was expected, for those who know the thing by a longer name: {@code -3 (expected: 1..10000)}. */
    public String problem() {
        return problem;
    }

    /** What was expected alone, for those who show the value in their own way. */
    public String expected() {
        return expected;
    }

    private static String shown(Object value) {
        String text = printable(String.valueOf(value));
        return text.length() <= LONGEST_SHOWN_VALUE ? text : text.substring(0, LONGEST_SHOWN_VALUE) + "...";
    }

    private static String printable(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }
}
