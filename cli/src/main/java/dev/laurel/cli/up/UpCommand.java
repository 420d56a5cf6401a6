package dev.laurel.cli.up;

import dev.laurel.cli.common.Authors;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.DataOption;
import dev.laurel.cli.common.RowsFolder;
import dev.laurel.cli.drift.DriftAction;
import dev.laurel.cli.drift.DriftWatch;
import dev.laurel.cli.output.LogFile;
import dev.laurel.cli.output.StandardErrorLog;
import dev.laurel.cli.repository.Starter;
import dev.laurel.cli.serve.ServerOptions;
import dev.laurel.cli.serve.Stop;
import dev.laurel.git.host.Location;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import dev.laurel.registry.layout.kustomize.KustomizeFiles;
import dev.laurel.registry.outcome.Beginning;
import dev.laurel.registry.view.Revision;
import dev.laurel.server.PredictionServer;
import dev.laurel.source.RowStore;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code laurel up}. */
@Command(
        name = "up",
        description = {
            "Runs everything in one process: models repository, training, promotion, predictions.",
            "The repository is served to Git; a training run is one simulated day; the gate promotes; the server follows the pins.",
            "Ctrl-C stops it, and the next 'laurel up' goes on from there."
        },
        footerHeading = "%nExample:%n",
        footer = {"  laurel up", "  laurel up --models all --offline", "  laurel up --offline --every 5s --port 9090"})
public final class UpCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions options = new ServerOptions();

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            defaultValue = ".laurel",
            description = "Where all of it is kept (default: .laurel); the models repository is models.git in there.")
    private Path folder = Path.of("");

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = Every.class,
            defaultValue = "30s",
            description = "The time between two training runs, such as 500ms, 30s, 5m (default: 30s).")
    private Duration every = Duration.ofSeconds(30);

    @Option(
            names = "--models",
            paramLabel = "NAME",
            split = ",",
            converter = Starter.NameConverter.class,
            defaultValue = Starter.DEFAULT,
            description = {
                "What a new models repository begins with: spy-direction, iris, airline-passengers, gold-change, damage-incidence or all",
                "(default: spy-direction)."
            })
    private List<String> models = List.of(Starter.DEFAULT);

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--offline", description = "Take bundled rows; never ask the internet.")
    private boolean offline;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException, IOException {
        checkNoRepository();
        options.check();
        try (Stop stop = new Stop();
                Home home = Home.open(folder);
                Registry registry = registry(home);
                LogFile log = LogFile.in(folder)) {
            StandardErrorLog.point(log.hint());
            RowStore rows = new RowStore(
                    RowsFolder.of(new Location.Folder(home.repository())), offline, Clock.systemUTC(), data.folder());
            try (PredictionServer server = options.start(registry, new Location.Folder(home.repository()), rows)) {
                server.trainedEvery(every);
                server.keepDrift(
                        RowsFolder.of(new Location.Folder(home.repository())).resolve("drift"));
                server.keepFeedback(
                        RowsFolder.of(new Location.Folder(home.repository())).resolve("feedback"), System.getenv());
                server.grpcPort()
                        .ifPresent(port -> command.commandLine().getOut().println("gRPC at port " + port));
                train(stop, registry, rows, server);
            } catch (RuntimeException e) {
                // Before the file is closed; the terminal gets its line afterwards.
                LogFile.keep("", e);
                throw e;
            }
        }
        return CommandLine.ExitCode.OK;
    }

    /** LAUREL_REPO is for the other commands; who names a repository here means something that would not happen. */
    private void checkNoRepository() {
        for (CommandSpec each = command; each != null; each = each.parent()) {
            OptionSpec repository = each.commandLine().getParseResult().matchedOption("--repo");
            if (repository != null) {
                InvalidValueException reason = new InvalidValueException(
                        "--repo", repository.getValue(), "none; 'laurel up' keeps its models repository in --home");
                throw new ParameterException(command.commandLine(), reason.getMessage(), reason);
            }
        }
    }

    private void train(Stop stop, Registry registry, RowStore rows, PredictionServer server)
            throws InterruptedException {
        String url = options.url(server.port());
        PrintWriter out = command.commandLine().getOut();
        out.println("serving " + url + "/ and " + url + "/git/models.git; Ctrl-C stops");
        options.note().lines().forEach(out::println);
        for (ModelName model : registry.head().models()) {
            policy(registry.head(), model).ifPresent(out::println);
        }
        FirstAnswer firstAnswer = new FirstAnswer(url, options.environment(), folder, out);
        TrainingLoop loop = new TrainingLoop(
                registry,
                rows,
                CommonOptions.pullRequests(registry, new Location.Folder(folder)),
                options.environment(),
                stop,
                out,
                command.commandLine().getErr(),
                server::trained);
        LiveLoop live = new LiveLoop(
                registry, options.environment(), url, out, command.commandLine().getErr());
        DriftWatch drift = new DriftWatch(
                registry,
                server,
                new DriftAction(registry, options.environment(), loop::run, out::println),
                command.commandLine().getErr());
        try (Housekeeping housekeeping = new Housekeeping(registry, Housekeeping.MANY_LOOSE_OBJECTS, out)) {
            do {
                firstAnswer.sayOnce(registry, stop);
                loop.runAll();
                live.judgeAll();
                drift.look();
                firstAnswer.sayOnce(registry, stop);
                housekeeping.tidy();
            } while (!stop.isAskedWithin(every));
        }
    }

    /** None where the definition is broken, which its run says. */
    private Optional<String> policy(Revision head, ModelName model) {
        try {
            return Optional.of(PolicyLine.line(head.definition(model), every));
        } catch (InvalidDocumentException e) {
            return Optional.empty();
        }
    }

    private Registry registry(Home home) {
        PrintWriter out = command.commandLine().getOut();
        if (Files.exists(home.repository())) {
            out.println("models repository " + home.repository() + ", goes on");
            return Registry.open(home.repository());
        }
        Starter starter = Starter.choose(models, offline, data.folder());
        out.println("models repository " + home.repository() + ", new; " + starter.source());
        return Registry.create(
                home.repository(),
                new Beginning(
                                starter.definitions(),
                                KustomizeFiles.all(
                                        starter.definitions().keySet(),
                                        List.of(options.environment()),
                                        null,
                                        KustomizeFiles.REPOSITORY_IN_CLUSTER))
                        .withSchema(),
                Authors.automation());
    }
}
