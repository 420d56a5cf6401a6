package dev.laurel.cli;

import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code laurel init}. */
@Command(
        name = "init",
        description = "Lays down a models repository with the definition of spy-direction.",
        footerHeading = "%nExample:%n",
        footer = "  laurel init --offline")
final class InitCommand implements Callable<Integer> {
    @ParentCommand
    private Main laurel = new Main();

    @Option(names = "--offline", description = "Take the bundled history; never ask the internet.")
    private boolean offline;

    @Mixin
    private Output output = new Output();

    record Initialised(String repository, String commit, List<ModelName> models, String source) {}

    @Override
    public Integer call() {
        Starter starter = Starter.choose(offline);
        try (Registry registry =
                Registry.create(laurel.repository(), Main.access(), starter.definitions(), Authors.person())) {
            String repository = laurel.repository().toString();
            String commit = registry.head().commit();
            output.print(
                    new Initialised(repository, commit, registry.head().models(), starter.source()),
                    "%s: made, commit %.10s%n%s".formatted(repository, commit, starter.source()));
            return CommandLine.ExitCode.OK;
        }
    }
}
