package dev.laurel.cli.common;

/** What a command ends with besides picocli's own codes. */
public final class ExitCodes {
    /** Rejected by the gate, held, or faults were found; some rows were rejected. */
    public static final int REJECTED = 3;

    private ExitCodes() {}
}
