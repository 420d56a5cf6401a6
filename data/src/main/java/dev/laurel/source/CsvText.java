package dev.laurel.source;

import java.nio.charset.StandardCharsets;

/** Lines of CSV as they are written: UTF-8, fields in quotes where they have to be, numbers as {@link TableCsv} writes them. */
public final class CsvText {
    private final StringBuilder text = new StringBuilder();
    private boolean begun;

    public CsvText field(String field) {
        next();
        if (isPlain(field)) {
            text.append(field);
        } else {
            text.append('"').append(field.replace("\"", "\"\"")).append('"');
        }
        return this;
    }

    public CsvText field(double value) {
        next();
        text.append(TableCsv.decimal(value));
        return this;
    }

    public CsvText field(long value) {
        next();
        text.append(value);
        return this;
    }

    /** Fields that were written before, in a text of their own, and that every line ends in. */
    public CsvText fields(String written) {
        next();
        text.append(written);
        return this;
    }

    public void end() {
        text.append('\n');
        begun = false;
    }

    private void next() {
        if (begun) {
            text.append(',');
        }
        begun = true;
    }

    private static boolean isPlain(String field) {
        for (int i = 0; i < field.length(); i++) {
            char next = field.charAt(i);
            if (next == ',' || next == '"' || next == '\n' || next == '\r') {
                return false;
            }
        }
        return !field.isEmpty();
    }

    public byte[] toBytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
