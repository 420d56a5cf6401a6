package dev.laurel.model;

import dev.laurel.model.Pin.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * What is tried beside the champion: {@code environments/<env>/<model>/challenger.yaml}. Without a version that is tried the file is empty
 * or not there.
 *
 * @param digest of the model file; {@code size} is its size in bytes, which Git LFS asks for
 * @param record digest of the version's record
 * @param share of the requests that it answers, in percent; of a canary only
 * @param reason why; needed when a person put it there
 * @param evidence what the gate judged; absent when a person put it there
 */
public record ChallengerPin(
        ModelName model,
        Version version,
        Digest digest,
        long size,
        Digest record,
        ChallengerMode mode,
        @Nullable Integer share,
        Pin.By by,
        @Nullable String reason,
        @Nullable Evidence evidence) {

    public ChallengerPin {
        Expect.range("size", size, 1, Long.MAX_VALUE);
        expectShare(mode, share);
        Expect.that(
                by == Pin.By.AUTOMATION || (reason != null && !reason.isBlank()),
                "reason",
                "missing",
                "a reason, since a person put it there");
    }

    /** @throws InvalidValueException when a canary has no share, or a shadow has one */
    public static void expectShare(ChallengerMode mode, @Nullable Integer share) {
        if (mode == ChallengerMode.SHADOW) {
            Expect.that(share == null, "share", String.valueOf(share), "none, since a shadow answers nobody");
        } else {
            Expect.that(share != null, "share", "missing", "1..99 percent of the requests");
            Expect.range("share", share == null ? 0 : share, 1, 99);
        }
    }

    /** What a pin says of its version, its words and its evidence, for all that treats both alike. */
    public Pin asPin() {
        return new Pin(model, version, digest, size, record, null, by, reason, evidence);
    }
}
