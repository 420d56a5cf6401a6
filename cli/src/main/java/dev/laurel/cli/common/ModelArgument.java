package dev.laurel.cli.common;

import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Revision;
import java.util.stream.Collectors;
import picocli.CommandLine.Parameters;

/** The model that a command is about. */
public final class ModelArgument {
    @Parameters(index = "0", paramLabel = "MODEL", description = "The name of the model, such as spy-direction.")
    private ModelName name = new ModelName("none");

    /** The model, which there is. */
    public ModelName in(Revision head) {
        return known(name, head);
    }

    /** @throws InvalidValueException when there is no such model */
    public static ModelName known(ModelName name, Revision head) {
        if (!head.has(name)) {
            throw new InvalidValueException(
                    "model",
                    name,
                    "one of " + head.models().stream().map(ModelName::value).collect(Collectors.joining(", ")));
        }
        return name;
    }
}
