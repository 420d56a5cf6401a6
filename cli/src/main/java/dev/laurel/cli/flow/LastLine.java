package dev.laurel.cli.flow;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** Passes on what is written, and keeps its last line. */
final class LastLine extends FilterWriter {
    private static final int LONGEST = 500;

    private final StringBuilder line = new StringBuilder();
    private @Nullable String last;

    LastLine(Writer out) {
        super(out);
    }

    /** Null where there was none. */
    @Nullable
    String last() {
        keep();
        return last;
    }

    @Override
    public void write(int character) throws IOException {
        out.write(character);
        take((char) character);
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        out.write(text, from, length);
        for (int i = from; i < from + length; i++) {
            take(text[i]);
        }
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        out.write(text, from, length);
        text.substring(from, from + length).chars().forEach(each -> take((char) each));
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }

    private void take(char character) {
        if (character == '\n' || character == '\r') {
            keep();
        } else if (line.length() < LONGEST) {
            line.append(character);
        }
    }

    private void keep() {
        if (!line.toString().isBlank()) {
            last = line.toString().strip();
        }
        line.setLength(0);
    }
}
