package dev.laurel.cli.train;

import dev.laurel.cli.common.Authors;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.DataOption;
import dev.laurel.cli.common.EnvironmentOption;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.common.RowsFolder;
import dev.laurel.cli.common.ShardOptions;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.output.TrainingProgress;
import dev.laurel.model.Expect;
import dev.laurel.model.ModelName;
import dev.laurel.model.Shard;
import dev.laurel.registry.Registry;
import dev.laurel.run.RunOutcome;
import dev.laurel.run.TrainingRun;
import dev.laurel.search.SearchShard;
import dev.laurel.source.RowStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code laurel train}. */
@Command(
        name = "train",
        description = {
            "Trains a model once: registers a version, and promotes or proposes it when the gate is passed.",
            "",
            "With --shards several processes share the trials of the search, every so-manieth of them each. They are kept in --cache and nothing is"
                    + " registered; the same command without --shards then finds them there, makes those that are missing, and registers what one"
                    + " process would have, to the byte."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:a version was registered, whatever the gate decided; or the gate rejected it and the definition keeps what passes only; or there was nothing new to train on",
            "1:the run was skipped or failed, and registered nothing"
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  laurel train spy-direction --offline",
            "  laurel train gold-change --cache /work --shards 8 --shard 3"
        })
public final class TrainCommand implements Callable<Integer> {
    private static final int LONGEST_WAIT = 10_000;

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

    @Option(
            names = "--cache",
            paramLabel = "FOLDER",
            description =
                    "Where rows and trials are kept, such as a folder that all shards see (default: beside the models repository).")
    private @Nullable Path cache;

    @Mixin
    private ShardOptions shards = new ShardOptions();

    @Option(
            names = "--wait",
            paramLabel = "MINUTES",
            defaultValue = "0",
            description =
                    "With --shards: waits so long for trials of other shards, where the next ones depend on what comes of them (default: 0).")
    private int wait;

    @Mixin
    private Output output = new Output();

    /**
     * What a shard did.
     *
     * @param known the trials of the search that are known by now; more of them may depend on what comes of those
     */
    record Trials(ModelName model, Shard shard, int made, int known) {}

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry();
                TrainingProgress progress = new TrainingProgress(output::progress, output.err())) {
            RowStore rows = new RowStore(
                    cache == null ? RowsFolder.of(laurel.repository()) : cache,
                    offline,
                    Clock.systemUTC(),
                    data.folder());
            TrainingRun run = new TrainingRun(
                    registry, rows, laurel.pullRequests(registry), environment.get(), Authors.automation(), progress);
            ModelName name = model.in(registry.head());
            if (shards.isAsked()) {
                return trials(run, name, shards.get());
            }
            RunOutcome outcome = run.run(name);
            RunResult result = RunResult.of(outcome);
            output.print(result, result.reason() == null ? "" : result.reason());
            return outcome instanceof RunOutcome.Skipped ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
        }
    }

    private int trials(TrainingRun run, ModelName name, Shard shard) {
        Expect.range("--wait", wait, 0, LONGEST_WAIT);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(wait);
        SearchShard.Made made = run.trials(name, shard, () -> isTime(end));
        output.print(
                new Trials(name, shard, made.made(), made.known()),
                "%s: shard %s made %s trials of the %s that are known"
                        .formatted(name, shard, made.made(), made.known()));
        return CommandLine.ExitCode.OK;
    }

    /** Whether there is time for another look, after a second. */
    private static boolean isTime(long end) {
        try {
            if (System.nanoTime() >= end) {
                return false;
            }
            TimeUnit.SECONDS.sleep(1);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
