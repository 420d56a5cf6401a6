package dev.laurel.follow;

import dev.laurel.model.ChallengerMode;
import dev.laurel.model.ChallengerPin;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A version that was verified and is tried beside the champion.
 *
 * @param champion beside which it is tried
 */
public record Challenger(ChallengerPin pin, LoadedModel model, LoadedModel champion) {
    /**
     * Whether it answers a caller, rather than the champion; a shadow answers nobody. The same key always gets the same answer while neither
     * the version nor the share changes, and with a larger share those that it answered before stay with it.
     */
    public boolean answers(String key) {
        if (pin.mode() == ChallengerMode.SHADOW) {
            return false;
        }
        // The model's name, so that not the same callers meet the challengers of all models.
        CRC32 hash = new CRC32();
        hash.update((pin.model() + "/" + key).getBytes(StandardCharsets.UTF_8));
        return hash.getValue() % 100 < (pin.share() == null ? 0 : pin.share());
    }
}
