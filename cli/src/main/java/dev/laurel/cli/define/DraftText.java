package dev.laurel.cli.define;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A definition as it is written for people: keys and values, with comments that say why. */
final class DraftText {
    private static final int WIDTH = 140;

    /** Texts that every reader of YAML takes for texts; the others are quoted. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_/-]*(\\.[A-Za-z]+)*");

    private static final Set<String> OTHER_THAN_TEXT =
            Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf");

    private final StringBuilder text = new StringBuilder();

    DraftText comment(String sentence) {
        StringBuilder line = new StringBuilder("#");
        for (String word : sentence.replaceAll("[\\s\\p{Cntrl}]+", " ").strip().split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH && line.length() > 1) {
                text.append(line).append('\n');
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        text.append(line).append('\n');
        return this;
    }

    DraftText gap() {
        text.append('\n');
        return this;
    }

    /** A line as it is, such as {@code split:}. */
    DraftText line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** @param key with what stands before it, {@code "  column"} */
    DraftText text(String key, String value) {
        return line(key + ": " + quoted(value));
    }

    static String quoted(String value) {
        boolean plain = PLAIN.matcher(value).matches() && !OTHER_THAN_TEXT.contains(value.toLowerCase(Locale.ROOT));
        if (plain) {
            return value;
        }
        StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
