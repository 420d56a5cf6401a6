package dev.laurel.cli.pin;

import dev.laurel.cli.common.Authors;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.EnvironmentOption;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.output.LiveText;
import dev.laurel.cli.output.Output;
import dev.laurel.judge.LiveJudging;
import dev.laurel.judge.LiveServers;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code laurel judge-live}. */
@Command(
        name = "judge-live",
        description = {
            "Lets live traffic decide by the rules of gate.live: asks every server what it measured, then promotes the challenger",
            "with that as evidence, withdraws it, or leaves it alone; a champion that fails is rolled back, and held.",
            "Exit code 0: promoted; 3: withdrawn, rolled back or held; 4: not yet."
        },
        footerHeading = "%nExample:%n",
        footer = "  laurel judge-live spy-direction --server http://localhost:8080")
public final class JudgeLiveCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private ModelArgument model = new ModelArgument();

    @Option(
            names = "--server",
            paramLabel = "URL",
            split = ",",
            required = true,
            description =
                    "Where the model answers; each of several. A name with several addresses is a server at each.")
    private List<String> servers = List.of();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry()) {
            ModelName name = model.in(registry.head());
            LiveJudging judging =
                    new LiveJudging(registry, environment.get(), new LiveServers(servers), Authors.automation());
            LiveText text = LiveText.of(name, environment.get(), judging.judge(name));
            output.print(text, text.line());
            return text.exitCode();
        }
    }
}
