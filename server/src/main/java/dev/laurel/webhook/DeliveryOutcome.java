package dev.laurel.webhook;

/** What came of a delivery. */
public sealed interface DeliveryOutcome {
    /** Argo CD has it. */
    record Accepted() implements DeliveryOutcome {}

    /** It would refuse the same again. */
    record Refused(String reason) implements DeliveryOutcome {}

    /** It may take the same later. */
    record Unreached(String reason) implements DeliveryOutcome {}
}
