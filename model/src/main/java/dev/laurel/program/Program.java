package dev.laurel.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.TimeZone;

/**
 * The same program on every machine: libraries ask the JVM for its locale, its zone and its encoding, and do not do the same in Istanbul,
 * in Cairo or on the night when a clock is put back.
 */
public final class Program {
    private static final int BUFFER = 8192;

    private Program() {}

    /** Before anything else in a main, and before any class that may format or log something. */
    public static void begin() {
        Locale.setDefault(Locale.ROOT);
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        System.setOut(utf8(FileDescriptor.out));
        System.setErr(utf8(FileDescriptor.err));
    }

    /** Seen at the end of each line, also by those who read a pipe. */
    private static PrintStream utf8(FileDescriptor stream) {
        return new PrintStream(new BufferedOutputStream(new FileOutputStream(stream), BUFFER), true, UTF_8);
    }
}
