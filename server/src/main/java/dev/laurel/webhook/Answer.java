package dev.laurel.webhook;

/** What came of a delivery. */
public sealed interface Answer {
    /** Argo CD has it. */
    record Accepted() implements Answer {}

    /** It would refuse the same again. */
    record Refused(String reason) implements Answer {}

    /** It may take the same later. */
    record Unreached(String reason) implements Answer {}
}
