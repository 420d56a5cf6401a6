package dev.laurel.cli.pin;

import dev.laurel.cli.common.Authors;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.EnvironmentOption;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.output.LiveText;
import dev.laurel.cli.output.Output;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import dev.laurel.registry.view.Author;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code laurel withdraw}. */
@Command(
        name = "withdraw",
        description = {
            "Takes the challenger away, by a commit of challenger.yaml alone.",
            "Automation tries no other one until a person does."
        },
        footerHeading = "%nExample:%n",
        footer = "  laurel withdraw spy-direction --reason \"odd answers on Monday\"")
public final class WithdrawCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private ModelArgument model = new ModelArgument();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is kept in the commit.")
    private @Nullable String reason;

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Author person = Authors.person();
        try (Registry registry = laurel.openRegistry()) {
            ModelName name = model.in(registry.head());
            LiveText text = LiveText.of(
                    name,
                    environment.get(),
                    registry.withdrawChallenger(environment.get(), name, Authors.reason(reason, person), person));
            output.print(text, text.line());
            return ExitCode.OK;
        }
    }
}
