package dev.laurel.cli.wait;

import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to answer.
 *
 * @param version absent where the pin was removed, so that nothing is to answer; {@code digest} as well
 * @param begun when the command began
 * @param committed when the Git host had the commit, by the clock of this machine
 */
public record Wanted(
        ModelName model,
        Environment environment,
        @Nullable Version version,
        @Nullable Digest digest,
        Instant begun,
        Instant committed) {

    /** For people. */
    String shown() {
        return version == null ? "nothing" : version.toString();
    }
}
