package dev.laurel.cli.read;

import dev.laurel.model.ChallengerMode;
import dev.laurel.model.ChallengerPin;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.view.Revision;
import org.jspecify.annotations.Nullable;

/** A version that is tried beside the champion; {@code share} in percent, of a canary only. */
record Challenged(
        Version version, ChallengerMode mode, @Nullable Integer share) {
    private static Challenged of(ChallengerPin pin) {
        return new Challenged(pin.version(), pin.mode(), pin.share());
    }

    /** Null where nothing is tried. */
    static @Nullable Challenged in(Revision revision, Environment environment, ModelName model) {
        return revision.challenger(environment, model).map(Challenged::of).orElse(null);
    }

    String text() {
        return "%s is tried %s".formatted(version, share == null ? "as a shadow" : "on " + share + " %");
    }
}
