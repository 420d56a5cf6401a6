package dev.laurel.cli.pin;

import dev.laurel.cli.common.Authors;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.EnvironmentOption;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.output.Output;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code laurel release}. */
@Command(
        name = "release",
        description = "Ends the hold on a pin, by a commit: automation may promote again.",
        footerHeading = "%nExample:%n",
        footer = "  laurel release spy-direction")
public final class ReleaseCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private ModelArgument model = new ModelArgument();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Mixin
    private Output output = new Output();

    record Released(ModelName model, Environment environment, String commit) {}

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry()) {
            ModelName name = model.in(registry.head());
            String commit = registry.release(environment.get(), name, Authors.person());
            output.print(
                    new Released(name, environment.get(), commit),
                    "%s in %s: released, commit %.10s".formatted(name, environment.get(), commit));
            return CommandLine.ExitCode.OK;
        }
    }
}
