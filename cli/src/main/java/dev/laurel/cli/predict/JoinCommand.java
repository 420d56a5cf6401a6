package dev.laurel.cli.predict;

import dev.laurel.cli.common.ExitCodes;
import dev.laurel.cli.output.Output;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Shard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code laurel join}. */
@Command(
        name = "join",
        description = {
            "Puts together what the shards of 'laurel predict --shards' wrote: the file that one process would have written, to the byte, and that of"
                    + " the rejected rows.",
            "",
            "The parts stay; a shard that is missing or was cut off is run again by the same command, and then this one."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the file is there, and each row has its prediction",
            "1:it is not: a part is missing, or the parts do not belong together; one line on standard error says which",
            "2:the command line is wrong",
            "3:the file is there; some rows were rejected"
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  laurel predict iris --from rows.csv --to predictions.csv --shards 50 --shard 7",
            "  laurel join predictions.csv --shards 50"
        })
public final class JoinCommand implements Callable<Integer> {
    private static final int LONGEST_WAIT = 10_000;

    @Parameters(index = "0", paramLabel = "FILE", description = "What the shards have after --to; .gz is compressed.")
    private String to = "";

    @Option(names = "--shards", paramLabel = "COUNT", required = true, description = "How many shards there are.")
    private int shards;

    @Option(
            names = "--rejected",
            paramLabel = "FILE",
            description = "Where rejected rows go (default: beside the predictions, as <name>.rejected.csv).")
    private @Nullable Path rejectedFile;

    @Option(
            names = "--wait",
            paramLabel = "MINUTES",
            defaultValue = "0",
            description = "Waits so long for parts that are not there yet (default: 0).")
    private int wait;

    @Mixin
    private Output output = new Output();

    /** @param model its name, version and digest */
    record Result(String model, int shards, long blocks, long rejected, String seen) {}

    @Override
    public Integer call() throws IOException {
        Expect.range("--shards", shards, 1, Shard.MOST);
        Expect.range("--wait", wait, 0, LONGEST_WAIT);
        expectAll();
        Path place = rejectedFile == null ? RejectedRows.place(to, to, "") : rejectedFile;
        try (JoinedParts parts = JoinedParts.open(to, shards);
                BatchFile predictions = BatchFile.create("FILE", to);
                RejectedRows rejected = new RejectedRows(place)) {
            JoinedParts.Joined joined = parts.write(predictions, rejected);
            predictions.finish();
            rejected.finish();
            output.print(
                    new Result(joined.model(), shards, joined.blocks(), joined.rejected(), joined.seen()),
                    "%s: %s from %s shards, %s rejected%s"
                            .formatted(
                                    to,
                                    joined.seen(),
                                    shards,
                                    joined.rejected(),
                                    joined.rejected() == 0 ? "" : " to " + place));
            return joined.rejected() == 0 ? CommandLine.ExitCode.OK : ExitCodes.REJECTED;
        }
    }

    private void expectAll() {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(wait);
        List<Integer> missing = JoinedParts.missing(to, shards);
        while (!missing.isEmpty()) {
            if (System.nanoTime() >= end) {
                throw new InvalidValueException(
                        "parts of " + to,
                        "%s of %s, without shard %s".formatted(shards - missing.size(), shards, missing.get(0)),
                        "all of them; run the shards that are missing again");
            }
            pause();
            missing = JoinedParts.missing(to, shards);
        }
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidValueException("waiting", "interrupted", "until all parts are there");
        }
    }
}
