package dev.laurel.card;

import dev.laurel.evaluation.Interval;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The text of a drawing, an element a line. Numbers have the same form in every locale. */
final class Svg {
    private final StringBuilder text = new StringBuilder();

    void element(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    /** What stands in it may come from a definition, and so from anybody. */
    void text(int x, int y, String style, String format, Object... arguments) {
        element(
                "<text x=\"%s\" y=\"%s\" class=\"%s\">%s</text>",
                x, y, style, escaped(String.format(Locale.ROOT, format, arguments)));
    }

    static String number(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.4f", value);
    }

    static String signed(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%+.4f", value);
    }

    static String interval(@Nullable Interval interval) {
        return interval == null ? "n/a" : String.format(Locale.ROOT, "%.4f to %.4f", interval.low(), interval.high());
    }

    /** At most so many characters of it. */
    static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
