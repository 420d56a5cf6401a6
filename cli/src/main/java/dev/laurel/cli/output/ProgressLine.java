package dev.laurel.cli.output;

import java.io.PrintWriter;

/** One line on a terminal that says how far long work is, written over and over, and gone in the end. Nothing where there is no terminal. */
public final class ProgressLine implements AutoCloseable {
    private static final long PAUSE_NANOS = 200_000_000;
    private static final int BAR = 30;
    private static final String BACK_AND_CLEAR = "\r\033[K";

    private final String doing;
    private final PrintWriter err;
    /** Said by the launcher, since Java does not tell about standard error. */
    private final boolean terminal = Boolean.getBoolean("laurel.terminal");

    private long shown = System.nanoTime();
    private boolean visible;

    /** @param doing such as {@code verifying} */
    public ProgressLine(String doing, PrintWriter err) {
        this.doing = doing;
        this.err = err;
    }

    /** Work that is done within a moment shows nothing. */
    public void show(String what, int done, int total) {
        if (isTime()) {
            show("%s of %s %s".formatted(done, total, what));
        }
    }

    /**
     * A bar.
     *
     * @param share what is done of the whole, 0..1; negative where nobody knows, and then there is no bar
     */
    public void show(double share, String what) {
        if (isTime()) {
            int filled = (int) Math.round(share * BAR);
            show(
                    share < 0
                            ? what
                            : "[%s%s] %s %%, %s"
                                    .formatted(
                                            "#".repeat(filled),
                                            ".".repeat(BAR - filled),
                                            Math.round(100 * share),
                                            what));
        }
    }

    private boolean isTime() {
        return terminal && System.nanoTime() - shown >= PAUSE_NANOS;
    }

    private void show(String state) {
        shown = System.nanoTime();
        visible = true;
        err.print(BACK_AND_CLEAR + doing + ": " + state);
        err.flush();
    }

    @Override
    public void close() {
        if (visible) {
            err.print(BACK_AND_CLEAR);
            err.flush();
        }
    }
}
