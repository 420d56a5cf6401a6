package dev.laurel.cli.common;

import dev.laurel.model.Version;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The version that a command asks for an answer; without one the champion. */
public final class VersionArgument {
    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "Such as v7 (default: the champion of the environment).")
    private @Nullable Version version;

    /** Null for the champion. */
    public @Nullable Version get() {
        return version;
    }
}
