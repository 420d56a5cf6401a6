package dev.laurel.cli.common;

/** What a command ends with besides picocli's own codes. */
public final class ExitCodes {
    /** Rejected by the gate, held, or faults were found; some rows were rejected. */
    public static final int REJECTED = 3;

    /** Cannot be said yet: too few rows or answers. */
    public static final int NOT_YET = 4;

    private ExitCodes() {}
}
