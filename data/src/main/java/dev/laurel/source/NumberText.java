package dev.laurel.source;

import dev.laurel.definition.Source;
import dev.laurel.model.InvalidValueException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads numbers as a file writes them: with its marks before the fraction and between thousands. */
final class NumberText {
    /** With a point before the fraction and nothing between thousands. */
    static final NumberText PLAIN = new NumberText(".", null);

    private final String decimal;
    private final @Nullable String thousands;
    private final Pattern grouped;

    NumberText(String decimal, @Nullable String thousands) {
        this.decimal = decimal;
        this.thousands = thousands;
        String mark = thousands == null ? "" : Pattern.quote(thousands);
        this.grouped = Pattern.compile(
                "[-+]?\\d{1,3}(" + mark + "\\d{3})+(" + Pattern.quote(decimal) + "\\d*)?([eE][-+]?\\d+)?");
    }

    static NumberText of(Source.Csv format) {
        return new NumberText(format.decimal(), format.thousands());
    }

    /**
     * A finite number; 1 for {@code true} and 0 for {@code false}.
     *
     * @param column for messages
     * @throws InvalidValueException when it is none
     */
    double parse(String column, String field) {
        String plain = plain(field);
        if (isDecimal(plain)) {
            double value = Double.parseDouble(plain);
            if (Double.isInfinite(value)) {
                throw new InvalidValueException(column, "'" + field + "'", "a number that a double can hold");
            }
            return value;
        }
        if (field.equalsIgnoreCase("true") || field.equalsIgnoreCase("false")) {
            return field.equalsIgnoreCase("true") ? 1 : 0;
        }
        throw new InvalidValueException(column, "'" + field + "'", "a number" + marks());
    }

    private String marks() {
        String before = decimal.equals(".") ? "" : " with '" + decimal + "' before its fraction";
        if (thousands == null) {
            return before;
        }
        return before + (before.isEmpty() ? " with '" : " and '") + thousands + "' between its thousands at most";
    }

    /** With a point and without marks between thousands; what is wrong stays as it is, and is no decimal number then. */
    private String plain(String field) {
        String ungrouped = field;
        if (thousands != null
                && field.contains(thousands)
                && grouped.matcher(field).matches()) {
            ungrouped = field.replace(thousands, "");
        }
        if (decimal.equals(".")) {
            return ungrouped;
        }
        return ungrouped.contains(".") ? "" : ungrouped.replace(decimal, ".");
    }

    /** By hand, since files hold millions of numbers. Double.parseDouble alone would take {@code NaN}, {@code 0x1p3} and {@code 1d} too. */
    private static boolean isDecimal(String text) {
        int start = afterSign(text, 0);
        int point = afterDigits(text, start);
        boolean hasPoint = point < text.length() && text.charAt(point) == '.';
        int end = hasPoint ? afterDigits(text, point + 1) : point;
        int digits = end - start - (hasPoint ? 1 : 0);
        if (digits == 0 || end == text.length()) {
            return digits > 0;
        }
        int exponent = afterSign(text, end + 1);
        return (text.charAt(end) | 0x20) == 'e'
                && exponent < text.length()
                && afterDigits(text, exponent) == text.length();
    }

    private static int afterSign(String text, int from) {
        return from < text.length() && (text.charAt(from) == '-' || text.charAt(from) == '+') ? from + 1 : from;
    }

    private static int afterDigits(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }
}
