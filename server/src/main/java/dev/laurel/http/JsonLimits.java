package dev.laurel.http;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.laurel.predict.UnansweredException;

/** What a body may hold, whatever its length; each bound is told by name and number. Far above what any row or vector has. */
final class JsonLimits extends StreamReadConstraints {
    private static final long serialVersionUID = 1;

    private static final int DEPTH = 32;
    private static final int NUMBER = 100;
    private static final int STRING = 100_000;
    private static final int NAME = 1_000;

    JsonLimits() {
        super(DEPTH, DEFAULT_MAX_DOC_LEN, NUMBER, STRING, NAME, DEFAULT_MAX_TOKEN_COUNT);
    }

    /** A bound that a body does not keep. */
    static final class ExceededException extends StreamConstraintsException {
        private static final long serialVersionUID = 1;

        private final String thing;
        private final String value;
        private final String expected;

        ExceededException(String thing, String value, String expected) {
            super(thing);
            this.thing = thing;
            this.value = value;
            this.expected = expected;
        }

        UnansweredException problem() {
            return UnansweredException.invalid(thing, value, expected);
        }
    }

    private static void check(String thing, long value, long most, String unit) throws ExceededException {
        if (value > most) {
            throw new ExceededException("body: " + thing, value + " " + unit, "at most %s %s".formatted(most, unit));
        }
    }

    @Override
    public void validateNestingDepth(int depth) throws ExceededException {
        check("objects and lists within each other", depth, DEPTH, "deep");
    }

    @Override
    public void validateFPLength(int length) throws ExceededException {
        check("number", length, NUMBER, "characters");
    }

    @Override
    public void validateIntegerLength(int length) throws ExceededException {
        check("number", length, NUMBER, "characters");
    }

    @Override
    public void validateStringLength(int length) throws ExceededException {
        check("text", length, STRING, "characters");
    }

    @Override
    public void validateNameLength(int length) throws ExceededException {
        check("key", length, NAME, "characters");
    }

    @Override
    public void validateBigIntegerScale(int scale) throws ExceededException {
        check("number", Math.abs((long) scale), NUMBER, "digits after the point");
    }
}
