package dev.laurel.cli.drift;

import dev.laurel.card.DriftPage;
import dev.laurel.cli.common.Authors;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.DataOption;
import dev.laurel.cli.common.EnvironmentOption;
import dev.laurel.cli.common.ExitCodes;
import dev.laurel.cli.common.ModelAndVersion;
import dev.laurel.cli.common.RowsFolder;
import dev.laurel.cli.output.DriftFiles;
import dev.laurel.cli.output.DriftText;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.predict.BatchDrift;
import dev.laurel.cli.predict.BatchInput;
import dev.laurel.cli.predict.BatchModel;
import dev.laurel.cli.predict.BatchOptions;
import dev.laurel.cli.predict.RowsOption;
import dev.laurel.drift.DriftOutcome;
import dev.laurel.drift.DriftReport;
import dev.laurel.drift.Seen;
import dev.laurel.drift.Shares;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.KeptDrift;
import dev.laurel.run.TrainingRun;
import dev.laurel.source.RowBlock;
import dev.laurel.source.RowStore;
import dev.laurel.source.RowStream;
import dev.laurel.store.Store;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code laurel drift}. */
@Command(
        name = "drift",
        description = {
            "Compares rows, and what a version answers for them, with the rows that it was trained on.",
            "",
            "The training rows are known by the profile in the model file, so that a rollback takes the baseline back as well. Drift is what is"
                    + " more than chance, beside all other columns, and large enough to matter. Too few rows is an answer of its own."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no drift",
            "1:could not be measured; one line on standard error says why",
            "2:the command line is wrong",
            "3:drift",
            "4:too few rows to tell"
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  laurel drift iris --input rows.csv",
            "  laurel drift iris --server http://pod-1:8080 --server http://pod-2:8080 --window hour",
            "  laurel drift iris v3 --input rows.csv --output-file drift.md --output-file drift.yaml --commit"
        })
public final class DriftCommand implements Callable<Integer> {

    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private ModelAndVersion asked = new ModelAndVersion();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    /** Not required, as elsewhere: servers may be asked instead. */
    @Option(
            names = {"--from", "--input"},
            paramLabel = "FILE",
            description = RowsOption.WHAT)
    private @Nullable String input;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "Instead of rows: what this server was asked. May be given again, once for each replica: their counts are added up.")
    private List<URI> servers = List.of();

    @Option(
            names = "--window",
            paramLabel = "WINDOW",
            defaultValue = "day",
            description = "With --server: the last hour or the last day, hour or day (default: day).")
    private ServerCounts.Window window = ServerCounts.Window.DAY;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "champion",
            description = "With --server: what the version answered as (default: champion).")
    private String role = "champion";

    @Option(
            names = "--output-file",
            paramLabel = "FILE",
            description =
                    "Also writes the report: .yaml, .json, .txt, or a .md page with its plot beside it. May be given again.")
    private List<Path> files = List.of();

    @Option(names = "--commit", description = "Keeps the report in the models repository, under models/<name>/drift.")
    private boolean commit;

    @Option(
            names = "--act",
            description =
                    "Where drift is found: keeps the report, and does what the definition says under on_drift: trains, proposes or holds.")
    private boolean act;

    @Option(names = "--offline", description = "With --act: train on kept and bundled rows; never ask the internet.")
    private boolean offline;

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            description =
                    "Also writes each measure into the table drift_metrics of a database, as jdbc:postgresql://host/name; jdbc: is that of LAUREL_DATABASE_URL.")
    private @Nullable String to;

    @Mixin
    private BatchOptions batch = new BatchOptions();

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec command = CommandSpec.create();

    /** What the rows are called in a database. */
    private String name = "servers";

    @Override
    public Integer call() throws IOException {
        DriftFiles.expectForms(files);
        if ((input == null) == servers.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "--input or --server (expected: one of them, for what is to be compared)");
        }
        try (Registry registry = laurel.openRegistry()) {
            BatchModel loaded =
                    BatchModel.load(registry, asked.model(registry.head()), asked.version(), environment.get());
            BatchDrift drift = new BatchDrift(loaded);
            Seen seen = input == null
                    ? new ServerCounts(loaded.name(), loaded.version(), loaded.digest(), role, window).of(servers)
                    : read(loaded, drift, input);
            String shown = input == null
                    ? servers.stream().map(ServerCounts::shown).collect(Collectors.joining(", "))
                    : BatchOptions.shown(input);
            DriftReport report = drift.report(shown, seen);
            Shares shares = new Shares(loaded.file().profile(), seen);
            DriftFiles.write(files, report, shares);
            output.print(report, new DriftText(report).toString());
            if (to != null) {
                store(to, report);
            }
            if (commit) {
                keep(registry, report, shares);
            }
            if (act) {
                action(registry).act(report, shares);
            }
            return exitCode(report.drift().outcome());
        }
    }

    private Seen read(BatchModel loaded, BatchDrift drift, String file) throws IOException {
        try (BatchInput rows = batch.open(file);
                RowStream stream = rows.rows(loaded, batch.key())) {
            name = batch.batch(rows);
            for (RowBlock block = stream.next(); block != null; block = stream.next()) {
                drift.accept(block);
            }
            if (drift.unanswered() > 0) {
                output.err()
                        .println(
                                "%s rows cannot be answered for and are not among those below; 'laurel predict' says why of each"
                                        .formatted(drift.unanswered()));
            }
            return drift.seen();
        } catch (EOFException | ZipException e) {
            throw BatchOptions.notGzip(file, e);
        }
    }

    private void store(String address, DriftReport report) {
        try (Store store = BatchOptions.store(address)) {
            new StoredDrift(report).write(store, name, Instant.now());
        }
    }

    private void keep(Registry registry, DriftReport report, Shares shares) {
        KeptDrift kept = registry.keepDrift(
                report.model(),
                report.version(),
                new DriftPage(report, shares).files(),
                report.summary(),
                Authors.automation());
        output.err()
                .println(
                        kept.commit() == null
                                ? kept.folder() + ": is there already"
                                : "%s: kept, commit %.10s".formatted(kept.folder(), kept.commit()));
    }

    private DriftAction action(Registry registry) {
        return new DriftAction(
                registry,
                environment.get(),
                () -> new TrainingRun(
                        registry,
                        new RowStore(RowsFolder.of(laurel.repository()), offline, Clock.systemUTC(), data.folder()),
                        laurel.pullRequests(registry),
                        environment.get(),
                        Authors.automation(),
                        output.err()::println),
                output.err()::println);
    }

    private static int exitCode(DriftOutcome outcome) {
        if (outcome instanceof DriftOutcome.Drifted) {
            return ExitCodes.REJECTED;
        }
        return outcome instanceof DriftOutcome.TooFewRows ? ExitCodes.NOT_YET : CommandLine.ExitCode.OK;
    }
}
