package dev.laurel.cli.predict;

import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.EnvironmentOption;
import dev.laurel.cli.common.ExitCodes;
import dev.laurel.cli.common.ModelAndVersion;
import dev.laurel.cli.common.ShardOptions;
import dev.laurel.cli.output.DriftFiles;
import dev.laurel.cli.output.DriftText;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.output.ProgressLine;
import dev.laurel.definition.DatabaseAddress;
import dev.laurel.drift.DriftReport;
import dev.laurel.drift.Seen;
import dev.laurel.drift.Shares;
import dev.laurel.model.Digest;
import dev.laurel.model.Expect;
import dev.laurel.model.ModelName;
import dev.laurel.model.Shard;
import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import dev.laurel.source.RowStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code laurel predict}. */
@Command(
        name = "predict",
        description = {
            "Predicts for every row of a CSV file or of a PostgreSQL database, as a server would answer for it; there may be any number of"
                    + " rows.",
            "",
            "The file has a header, its columns in any order, and is written as the source in the model's definition is. Rows that nothing can"
                    + " be said about go to a file of their own, <name>.rejected.csv, each with its line and the reason.",
            "",
            "Predictions go into the table predictions of a database in transactions of some thousands. A row that has its prediction stays, so"
                    + " that a batch which was cut off is finished by the same command.",
            "",
            "With --shards several processes share the rows, every so-manieth block of 4,096 of them each, and 'laurel join' puts their files together."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:each row has its prediction; of a shard, its part is there",
            "1:could not be done, and there is no file of predictions; one line on standard error says why",
            "2:the command line is wrong",
            "3:some rows were rejected; all others have their predictions"
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  laurel predict iris --from rows.csv --to predictions.csv",
            "  zcat rows.csv.gz | laurel predict iris v3 --from - | head",
            "  laurel predict gold-change --from jdbc:postgresql://db/prices --to jdbc:postgresql://db/prices",
            "  laurel predict iris --from rows.csv --to predictions.csv --shards 50 --shard 7"
        })
public final class PredictCommand implements Callable<Integer> {
    private static final int MOST_NAMES = 20;

    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private ModelAndVersion asked = new ModelAndVersion();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Mixin
    private RowsOption rows = new RowsOption();

    @Option(
            names = "--to",
            paramLabel = "FILE",
            defaultValue = BatchFile.STANDARD,
            description =
                    "Where the predictions go; .gz is compressed, - is standard output (default: -). Or a database, as after --from.")
    private String to = BatchFile.STANDARD;

    @Option(
            names = "--rejected",
            paramLabel = "FILE",
            description = "Where rejected rows go (default: beside --to or --from, as <name>.rejected.csv).")
    private @Nullable Path rejectedFile;

    @Option(
            names = "--drift",
            description =
                    "Also compares the rows and answers with those of training, as `laurel drift` does, on standard error.")
    private boolean drift;

    @Option(
            names = "--drift-file",
            paramLabel = "FILE",
            description =
                    "The same into a file: .yaml, .json, .txt, or a .md page with its plot beside it. May be given again.")
    private List<Path> driftFiles = List.of();

    @Mixin
    private BatchOptions batch = new BatchOptions();

    @Mixin
    private ShardOptions shards = new ShardOptions();

    @Mixin
    private Output output = new Output();

    /**
     * What came of it.
     *
     * @param rows rejected ones too
     * @param rejectedTo absent where none were rejected
     * @param written how many were not in the database before; absent for files
     */
    record Predicted(
            ModelName model,
            Version version,
            Digest digest,
            long rows,
            long rejected,
            @Nullable String rejectedTo,
            @Nullable Long written,
            long rowsPerSecond) {}

    @Override
    public Integer call() throws IOException {
        DriftFiles.expectForms(driftFiles);
        Shard shard = shard();
        BatchModel loaded = load();
        @Nullable BatchDrift measured = drift || !driftFiles.isEmpty() ? new BatchDrift(loaded) : null;
        long start = System.nanoTime();
        Path rejectedPlace = rejectedFile == null
                ? RejectedRows.place(file(rows.get()), file(to), loaded.name().value(), shard)
                : rejectedFile;
        expectApart(rejectedPlace);
        try (BatchInput input = batch.open(rows.get());
                RowStream stream = input.rows(loaded, batch.key());
                BatchOutput predictions = output(loaded, input, stream, shard);
                RejectedRows rejected = new RejectedRows(rejectedPlace)) {
            nameColumns(stream);
            if (predictions instanceof PartFile part) {
                long count = run(shard, loaded, input, stream, part, part, null, part::saw);
                part.finish();
                report(loaded, count, part.rejected(), PartFile.name(to, shard), null, System.nanoTime() - start);
                return CommandLine.ExitCode.OK;
            }
            long count = run(shard, loaded, input, stream, predictions, rejected, measured, all -> {});
            predictions.finish();
            rejected.finish();
            report(
                    loaded,
                    count,
                    rejected.count(),
                    rejectedPlace.toString(),
                    predictions.written(),
                    System.nanoTime() - start);
            if (measured != null) {
                report(loaded, measured);
            }
            return rejected.count() == 0 ? CommandLine.ExitCode.OK : ExitCodes.REJECTED;
        } catch (EOFException | ZipException e) {
            throw FileRows.notGzip(rows.get(), e);
        }
    }

    private Shard shard() {
        Shard shard = shards.get();
        Expect.that(
                !shards.isAsked() || !to.equals(BatchFile.STANDARD),
                "--to",
                to,
                "a file or a database, beside which each of --shards has its own");
        Expect.that(
                !shards.isAsked() || !(drift || !driftFiles.isEmpty()),
                "--drift",
                "with --shards",
                "'laurel drift' over all rows, since a shard sees only its own");
        return shard;
    }

    private BatchModel load() {
        try (Registry registry = laurel.openRegistry()) {
            return BatchModel.load(registry, asked.model(registry.head()), asked.version(), environment.get());
        }
    }

    /** A file that is written over while it is read would be lost. */
    private void expectApart(Path rejectedPlace) throws IOException {
        expectOther("--to", to, rows.get());
        expectOther("--rejected", rejectedPlace.toString(), rows.get());
        expectOther("--rejected", rejectedPlace.toString(), to);
    }

    private static void expectOther(String option, String name, String otherName) throws IOException {
        if (DatabaseAddress.isOne(name) || DatabaseAddress.isOne(otherName)) {
            return;
        }
        Path file = Path.of(name);
        Path other = Path.of(otherName);
        boolean standard = file.toString().equals(BatchFile.STANDARD);
        boolean same =
                file.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())
                        || (Files.isRegularFile(file) && Files.exists(other) && Files.isSameFile(file, other));
        Expect.that(standard || !same, option, file, "another file than " + other);
    }

    /** Nothing can stand beside a database, as beside a stream. */
    private static String file(String name) {
        return DatabaseAddress.isOne(name) ? BatchFile.STANDARD : name;
    }

    private BatchOutput output(BatchModel loaded, BatchInput input, RowStream rows, Shard shard) throws IOException {
        if (DatabaseAddress.isOne(to)) {
            return new StoredPredictions(BatchOptions.store(to), loaded, batch.batch(input));
        }
        if (shards.isAsked()) {
            return new PartFile(to, shard, loaded, input, rows.key());
        }
        return new FilePredictions(BatchFile.create("--to", to), loaded, rows.key());
    }

    private void nameColumns(RowStream stream) {
        name("columns passed over", stream.passedOver());
        name("columns that are not there, so that each row lacks its value", stream.lacking());
    }

    private void name(String what, List<String> columns) {
        if (!columns.isEmpty()) {
            String names = String.join(", ", columns.subList(0, Math.min(MOST_NAMES, columns.size())));
            String more = columns.size() > MOST_NAMES ? " and %s more".formatted(columns.size() - MOST_NAMES) : "";
            output.err().println(what + ": " + names + more);
        }
    }

    /** @param whole is told how many rows there are for all shards */
    private long run(
            Shard shard,
            BatchModel loaded,
            BatchInput input,
            RowStream rows,
            BatchOutput predictions,
            Rejections rejected,
            @Nullable BatchDrift measured,
            LongConsumer whole)
            throws IOException {
        BatchAnswers answers = new BatchAnswers(loaded, predictions);
        try (ProgressLine line = new ProgressLine("predicting", output.err())) {
            BatchRun run = new BatchRun(
                    shard,
                    rows,
                    answers,
                    rejected,
                    measured == null ? block -> {} : measured,
                    count -> line.show(input.share(), count + " rows"));
            long count = run.run();
            whole.accept(run.all());
            return count;
        }
    }

    private void report(BatchModel loaded, BatchDrift measured) throws IOException {
        Seen seen = measured.seen();
        DriftReport report = measured.report(BatchOptions.shown(rows.get()), seen);
        DriftFiles.write(driftFiles, report, new Shares(loaded.file().profile(), seen));
        output.err().println(new DriftText(report));
    }

    private void report(
            BatchModel loaded, long count, long rejected, String rejectedPlace, @Nullable Long written, long nanos) {
        long perSecond = Math.round(count / (nanos / 1e9));
        @Nullable String rejectedTo = rejected == 0 ? null : rejectedPlace;
        // Beside the predictions, which are all that may stand on standard output with them.
        String text = "%s %s: %s rows, %s rejected%s%s, %s rows per second"
                .formatted(
                        loaded.name(),
                        loaded.version(),
                        count,
                        rejected,
                        rejectedTo == null ? "" : " to " + rejectedTo,
                        written == null ? "" : ", %s new".formatted(written),
                        perSecond);
        output.err().println(text);
        Predicted predicted = new Predicted(
                loaded.name(), loaded.version(), loaded.digest(), count, rejected, rejectedTo, written, perSecond);
        if (!to.equals(BatchFile.STANDARD)) {
            output.print(predicted, "");
        }
    }
}
