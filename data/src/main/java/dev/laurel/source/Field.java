package dev.laurel.source;

import dev.laurel.definition.Source;
import dev.laurel.model.InvalidValueException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the field of one column, line after line, out of the parser's own characters: a file may have millions of lines, and a text for each
 * field of them would cost more than all the rest.
 */
abstract sealed class Field {
    /** What the decoder puts in the place of bytes that are no text of the file's encoding. */
    private static final char NO_TEXT = '\uFFFD';

    private final String column;
    private final String encoding;

    private Field(String column, String encoding) {
        this.column = column;
        this.encoding = encoding;
    }

    String column() {
        return column;
    }

    /** @throws InvalidValueException when it is not what the column holds */
    abstract void read(char[] text, int from, int length);

    String text(char[] text, int from, int length) {
        String field = new String(text, from, length);
        if (field.indexOf(NO_TEXT) >= 0) {
            throw new InvalidValueException(
                    column,
                    "'" + field + "'",
                    encoding + " text; another encoding is named in the source, as in 'encoding: windows-1252'");
        }
        return field;
    }

    static final class NumberField extends Field {
        /** Whole numbers of so many digits, and powers of ten up to 22, are doubles; their quotient is the nearest double. */
        private static final int MOST_DIGITS = 15;

        private static final double[] POWERS = new double[23];

        static {
            for (int i = 0; i < POWERS.length; i++) {
                POWERS[i] = Double.parseDouble("1e" + i);
            }
        }

        private final Source.Csv format;
        private final NumberText numbers;
        private final char decimal;
        private final boolean marksLookLikeNumbers;
        private double value = Double.NaN;

        NumberField(String column, Source.Csv format) {
            super(column, format.encoding());
            this.format = format;
            this.numbers = NumberText.of(format);
            this.decimal = format.decimal().charAt(0);
            List<String> marks = format.missing() == null ? List.of() : format.missing();
            this.marksLookLikeNumbers = marks.stream().anyMatch(mark -> mark.matches("[-+]?[\\d.,]+.*"));
        }

        /** The last one read; NaN where it was missing, or none was read yet. */
        double value() {
            return value;
        }

        @Override
        void read(char[] text, int from, int length) {
            if (marksLookLikeNumbers || !readPlain(text, from, from + length)) {
                String field = text(text, from, length);
                value = format.isMissing(field) ? Double.NaN : numbers.parse(column(), field);
            }
        }

        /** Digits with a decimal mark at most, and few enough to be read without a text; what else there is takes the long way. */
        private boolean readPlain(char[] text, int from, int end) {
            boolean negative = from < end && text[from] == '-';
            long whole = 0;
            int digits = 0;
            int point = -1;
            for (int i = negative ? from + 1 : from; i < end; i++) {
                char next = text[i];
                if (next >= '0' && next <= '9') {
                    whole = 10 * whole + (next - '0');
                    if (++digits > MOST_DIGITS) {
                        return false;
                    }
                } else if (next == decimal && point < 0) {
                    point = digits;
                } else {
                    return false;
                }
            }
            double read = point < 0 ? whole : whole / POWERS[digits - point];
            value = negative ? -read : read;
            return digits > 0;
        }
    }

    static final class WordField extends Field {
        private final Source.Csv format;
        private @Nullable String value;

        WordField(String column, Source.Csv format) {
            super(column, format.encoding());
            this.format = format;
        }

        /** The last one read; null where it was missing, or none was read yet. */
        @Nullable
        String value() {
            return value;
        }

        @Override
        void read(char[] text, int from, int length) {
            String field = text(text, from, length);
            value = format.isMissing(field) ? null : field;
        }
    }

    static final class KeyField extends Field {
        private final KeyText keys;
        private String value = "";

        KeyField(String column, Source.Csv format) {
            super(column, format.encoding());
            this.keys = new KeyText(column, format.dateFormat());
        }

        /** The last one read. */
        String value() {
            return value;
        }

        @Override
        void read(char[] text, int from, int length) {
            value = keys.key(text(text, from, length));
        }
    }
}
