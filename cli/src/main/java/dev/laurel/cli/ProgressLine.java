package dev.laurel.cli;

import java.io.PrintWriter;

/** One line on a terminal that says how far long work is, written over and over, and gone in the end. Nothing where there is no terminal. */
final class ProgressLine implements AutoCloseable {
    private static final long PAUSE_NANOS = 200_000_000;
    private static final String BACK_AND_CLEAR = "\r\033[K";

    private final String doing;
    private final PrintWriter err;
    /** Said by the launcher, since Java does not tell about standard error. */
    private final boolean terminal = Boolean.getBoolean("laurel.terminal");

    private long shown = System.nanoTime();
    private boolean visible;

    /** @param doing such as {@code verifying} */
    ProgressLine(String doing, PrintWriter err) {
        this.doing = doing;
        this.err = err;
    }

    /** Work that is done within a moment shows nothing. */
    void show(String what, int done, int total) {
        long now = System.nanoTime();
        if (terminal && now - shown >= PAUSE_NANOS) {
            shown = now;
            visible = true;
            err.print("%s%s: %s of %s %s".formatted(BACK_AND_CLEAR, doing, done, total, what));
            err.flush();
        }
    }

    @Override
    public void close() {
        if (visible) {
            err.print(BACK_AND_CLEAR);
            err.flush();
        }
    }
}
