package dev.laurel.cli.train;

import dev.laurel.cli.common.Authors;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.DataOption;
import dev.laurel.cli.common.EnvironmentOption;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.common.RowsFolder;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.output.TrainingProgress;
import dev.laurel.registry.Registry;
import dev.laurel.run.RunOutcome;
import dev.laurel.run.TrainingRun;
import dev.laurel.source.RowStore;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code laurel train}. */
@Command(
        name = "train",
        description = "Trains a model once: registers a version, and promotes or proposes it when the gate is passed.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:a version was registered, whatever the gate decided; or the gate rejected it and the definition keeps what passes only; or there was nothing new to train on",
            "1:the run was skipped or failed, and registered nothing"
        },
        footerHeading = "%nExample:%n",
        footer = "  laurel train spy-direction --offline")
public final class TrainCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private ModelArgument model = new ModelArgument();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Option(names = "--offline", description = "Use kept and bundled rows; never ask the internet.")
    private boolean offline;

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry();
                TrainingProgress progress = new TrainingProgress(output::progress, output.err())) {
            RowStore rows = new RowStore(RowsFolder.of(laurel.repository()), offline, Clock.systemUTC(), data.folder());
            RunOutcome outcome = new TrainingRun(
                            registry,
                            rows,
                            laurel.pullRequests(registry),
                            environment.get(),
                            Authors.automation(),
                            progress)
                    .run(model.in(registry.head()));
            RunResult result = RunResult.of(outcome);
            output.print(result, result.reason() == null ? "" : result.reason());
            return outcome instanceof RunOutcome.Skipped ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
        }
    }
}
