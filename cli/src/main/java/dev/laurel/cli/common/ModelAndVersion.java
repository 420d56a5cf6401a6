package dev.laurel.cli.common;

import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.view.Revision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The version that a command asks for an answer; without one the champion. */
public final class ModelAndVersion {
    @Mixin
    private ModelArgument model = new ModelArgument();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "Such as v7 (default: the champion of the environment).")
    private @Nullable Version version;

    /** The model, which there is. */
    public ModelName model(Revision head) {
        return model.in(head);
    }

    /** Null for the champion. */
    public @Nullable Version version() {
        return version;
    }
}
