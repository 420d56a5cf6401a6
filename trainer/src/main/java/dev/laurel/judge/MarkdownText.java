package dev.laurel.judge;

/**
 * Text from outside on its way into Markdown. It becomes a code span, in which neither Markdown nor HTML nor a mention has a meaning;
 * what could end the span, the line or the cell of a table, or turn the direction of reading, is replaced.
 */
public final class MarkdownText {
    private static final int LONGEST = 200;

    private MarkdownText() {}

    public static String code(Object value) {
        String text = value.toString()
                .replaceAll("\\s+", " ")
                .replaceAll("\\p{C}|\\p{Zl}|\\p{Zp}", "?")
                .replace('`', '\'')
                .replace('|', '¦')
                .strip();
        int end = text.offsetByCodePoints(0, Math.min(LONGEST, text.codePointCount(0, text.length())));
        return "`" + (text.isEmpty() ? "?" : text.substring(0, end)) + (end < text.length() ? "..." : "") + "`";
    }
}
