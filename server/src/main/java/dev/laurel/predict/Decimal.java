package dev.laurel.predict;

import java.util.regex.Pattern;

/** Decimal numbers as clients write them into text. Java's own parser also takes {@code 0x1p-1}, {@code 1d} and {@code NaN}. */
public final class Decimal {
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d{1,20}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][-+]?\\d{1,3})?");

    private Decimal() {}

    /** @throws UnansweredException when it is none, or larger than any double */
    public static double parse(String thing, String text, String expected) {
        double value = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw UnansweredException.invalid(thing, text.isEmpty() ? "empty" : text, expected);
        }
        return value;
    }
}
