package dev.laurel.model;

import org.jspecify.annotations.Nullable;

/**
 * What runs: {@code environments/<env>/<model>/champion.yaml}, the one file that a promotion touches.
 *
 * @param digest of the model file; {@code size} is its size in bytes, which Git LFS asks for
 * @param record digest of the version's record
 * @param beats the champion before; absent for the first of an environment
 * @param reason why; needed when a person moved the pin
 * @param evidence what the gate judged; absent when a person moved the pin, or when what was measured on live traffic decided
 * @param live what was measured on live traffic, where that decided; absent else
 */
public record Pin(
        ModelName model,
        Version version,
        Digest digest,
        long size,
        Digest record,
        @Nullable Version beats,
        By by,
        @Nullable String reason,
        @Nullable Evidence evidence,
        @Nullable LiveEvidence live) {

    /** Without anything measured on live traffic. */
    public Pin(
            ModelName model,
            Version version,
            Digest digest,
            long size,
            Digest record,
            @Nullable Version beats,
            By by,
            @Nullable String reason,
            @Nullable Evidence evidence) {
        this(model, version, digest, size, record, beats, by, reason, evidence, null);
    }

    /** Who moved the pin. */
    public enum By {
        AUTOMATION,
        PERSON
    }

    /**
     * The numbers that the promotion rests on.
     *
     * @param champion the champion's value of the metric on the same rows; absent for the first of an environment
     * @param data digest of the rows
     */
    public record Evidence(
            Metric metric, double challenger, @Nullable Double champion, int rows, Digest data) {}

    public Pin {
        Expect.range("size", size, 1, Long.MAX_VALUE);
        Expect.that(
                by == By.AUTOMATION || (reason != null && !reason.isBlank()),
                "reason",
                "missing",
                "a reason, since a person moved the pin");
    }

    public boolean namesSameVersionAs(Pin other) {
        return version.equals(other.version) && record.equals(other.record);
    }
}
