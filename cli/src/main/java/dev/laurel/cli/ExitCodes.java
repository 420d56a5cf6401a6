package dev.laurel.cli;

/** What a command ends with besides picocli's own codes. */
final class ExitCodes {
    /** Rejected by the gate, held, or faults were found; some rows were rejected. */
    static final int REJECTED = 3;

    private ExitCodes() {}
}
