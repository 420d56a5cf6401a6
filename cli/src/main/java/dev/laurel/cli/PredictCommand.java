package dev.laurel.cli;

import dev.laurel.drift.DriftReport;
import dev.laurel.drift.Seen;
import dev.laurel.drift.Shares;
import dev.laurel.model.Digest;
import dev.laurel.model.Expect;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.predictor.Signature;
import dev.laurel.registry.Registry;
import dev.laurel.source.RowStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code laurel predict}. */
@Command(
        name = "predict",
        description = {
            "Predicts for every row of a CSV file, as a server would answer for it; there may be any number of rows.",
            "",
            "The file has a header, its columns in any order, and is written as the source in the model's definition is. Rows that nothing can"
                    + " be said about go to a file of their own, <name>.rejected.csv, each with its line and the reason."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:each row has its prediction",
            "1:could not be done, and there is no file of predictions; one line on standard error says why",
            "2:the command line is wrong",
            "3:some rows were rejected; all others have their predictions"
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  laurel predict iris --from rows.csv --to predictions.csv",
            "  zcat rows.csv.gz | laurel predict iris v3 --from - | head"
        })
final class PredictCommand implements Callable<Integer> {
    private static final int MOST_NAMES = 20;

    @ParentCommand
    private Main laurel = new Main();

    @Mixin
    private ModelArgument model = new ModelArgument();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "Such as v7 (default: the champion of the environment).")
    private @Nullable Version version;

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Option(
            names = {"--from", "--input"},
            paramLabel = "FILE",
            required = true,
            description = "The rows, as CSV; .gz is decompressed, - is standard input.")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "FILE",
            defaultValue = BatchFile.STANDARD,
            description = "Where the predictions go; .gz is compressed, - is standard output (default: -).")
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
    private Output output = new Output();

    /**
     * What came of it.
     *
     * @param rows rejected ones too
     * @param rejectedTo absent where none were rejected
     */
    record Predicted(
            ModelName model,
            Version version,
            Digest digest,
            long rows,
            long rejected,
            @Nullable String rejectedTo,
            long rowsPerSecond) {}

    @Override
    public Integer call() throws IOException {
        DriftFiles.expectForms(driftFiles);
        BatchModel loaded = load();
        @Nullable BatchDrift measured = drift || !driftFiles.isEmpty() ? new BatchDrift(loaded) : null;
        long start = System.nanoTime();
        Path rejectedPlace = rejectedFile == null
                ? RejectedRows.place(from, to, loaded.name().value())
                : rejectedFile;
        expectApart(rejectedPlace);
        try (BatchInput input = BatchInput.open(from);
                RowStream rows = new RowStream(
                        input.bytes(),
                        BatchInput.shown(from),
                        loaded.file().definition(),
                        loaded.file().signature());
                BatchFile predictions = BatchFile.create("--to", to);
                RejectedRows rejected = new RejectedRows(rejectedPlace)) {
            namePassedOver(rows.passedOver());
            BatchLines lines = lines(loaded, rows);
            predictions.write(lines.header());
            long count = run(loaded, input, rows, lines, predictions, rejected, measured);
            predictions.finish();
            rejected.finish();
            report(loaded, count, rejected, System.nanoTime() - start);
            if (measured != null) {
                report(loaded, measured);
            }
            return rejected.count() == 0 ? CommandLine.ExitCode.OK : Main.REJECTED;
        } catch (EOFException | ZipException e) {
            throw BatchInput.notGzip(from, e);
        }
    }

    private BatchModel load() {
        try (Registry registry = laurel.openRegistry()) {
            return BatchModel.load(registry, model.in(registry.head()), version, environment.get());
        }
    }

    /** A file that is written over while it is read would be lost. */
    private void expectApart(Path rejectedPlace) throws IOException {
        expectOther("--to", Path.of(to), Path.of(from));
        expectOther("--rejected", rejectedPlace, Path.of(from));
        expectOther("--rejected", rejectedPlace, Path.of(to));
    }

    private static void expectOther(String option, Path file, Path other) throws IOException {
        boolean standard = file.toString().equals(BatchFile.STANDARD);
        boolean same =
                file.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())
                        || (Files.isRegularFile(file) && Files.exists(other) && Files.isSameFile(file, other));
        Expect.that(standard || !same, option, file, "another file than " + other);
    }

    private void namePassedOver(List<String> columns) {
        if (!columns.isEmpty()) {
            String names = String.join(", ", columns.subList(0, Math.min(MOST_NAMES, columns.size())));
            String more = columns.size() > MOST_NAMES ? " and %s more".formatted(columns.size() - MOST_NAMES) : "";
            output.err().println("columns passed over: " + names + more);
        }
    }

    private static BatchLines lines(BatchModel loaded, RowStream rows) {
        Signature signature = loaded.file().signature();
        return new BatchLines(
                rows.hasKeys() ? signature.key() : null,
                signature.task(),
                loaded.name(),
                loaded.version(),
                loaded.digest());
    }

    private long run(
            BatchModel loaded,
            BatchInput input,
            RowStream rows,
            BatchLines lines,
            BatchFile predictions,
            RejectedRows rejected,
            @Nullable BatchDrift measured)
            throws IOException {
        BatchAnswers answers = new BatchAnswers(loaded.file().features(), loaded.predictor(), lines);
        try (ProgressLine line = new ProgressLine("predicting", output.err())) {
            return new BatchRun(
                            rows,
                            answers,
                            predictions,
                            rejected,
                            measured == null ? block -> {} : measured,
                            count -> line.show(input.share(), count + " rows"))
                    .run();
        }
    }

    private void report(BatchModel loaded, BatchDrift measured) throws IOException {
        Seen seen = measured.seen();
        DriftReport report = measured.report(BatchInput.shown(from), seen);
        DriftFiles.write(driftFiles, report, new Shares(loaded.file().profile(), seen));
        output.err().println(new DriftText(report));
    }

    private void report(BatchModel loaded, long count, RejectedRows rejected, long nanos) {
        long perSecond = Math.round(count / (nanos / 1e9));
        @Nullable
        String rejectedTo = rejected.count() == 0 ? null : rejected.path().toString();
        // Beside the predictions, which are all that may stand on standard output with them.
        String text = "%s %s: %s rows, %s rejected%s, %s rows per second"
                .formatted(
                        loaded.name(),
                        loaded.version(),
                        count,
                        rejected.count(),
                        rejectedTo == null ? "" : " to " + rejectedTo,
                        perSecond);
        output.err().println(text);
        Predicted predicted = new Predicted(
                loaded.name(), loaded.version(), loaded.digest(), count, rejected.count(), rejectedTo, perSecond);
        if (!to.equals(BatchFile.STANDARD)) {
            output.print(predicted, "");
        }
    }
}
