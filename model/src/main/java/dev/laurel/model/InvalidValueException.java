package dev.laurel.model;

/** A value from outside that cannot be: says the thing, the value and what was expected, as {@code trees: -3 (expected: 1..10000)}. */
public final class InvalidValueException extends IllegalArgumentException {
    private static final int LONGEST_SHOWN_VALUE = 80;

    private final String thing;
    private final String problem;
    private final String expected;

    public InvalidValueException(String thing, Object value, String expected) {
        this(thing, "%s (expected: %s)".formatted(shown(value), expected), expected);
    }

    private InvalidValueException(String thing, String problem, String expected) {
        super(printable(thing + ": " + problem));
        this.thing = thing;
        this.problem = problem;
        this.expected = expected;
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
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
