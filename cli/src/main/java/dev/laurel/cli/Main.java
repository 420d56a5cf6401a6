package dev.laurel.cli;

import dev.laurel.forge.Forges;
import dev.laurel.forge.PullRequests;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import dev.laurel.registry.git.Access;
import dev.laurel.registry.git.Location;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line {@code laurel}: options that every command takes, and the commands. */
@Command(
        name = "laurel",
        description = "A Git repository is the model registry; what runs is what its main pins.",
        versionProvider = Main.BuiltVersion.class,
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:could not be done; one line on standard error says why",
            "2:the command line is wrong",
            "3:rejected by the gate, held, or faults were found",
            "130:stopped by Ctrl-C"
        },
        footerHeading = "%nExample:%n",
        footer = {"  laurel up", "  laurel train spy-direction --offline", "  laurel COMMAND --help"})
public final class Main {
    static final int REJECTED = 3;

    private static final List<Class<?>> COMMANDS = List.of(
            UpCommand.class,
            InitCommand.class,
            UpgradeCommand.class,
            TrainCommand.class,
            ServeCommand.class,
            StatusCommand.class,
            ModelsCommand.class,
            VersionsCommand.class,
            ShowCommand.class,
            LogCommand.class,
            DiffCommand.class,
            AtCommand.class,
            PromoteCommand.class,
            RollbackCommand.class,
            ReleaseCommand.class,
            VerifyCommand.class,
            GateCommand.class,
            BisectCommand.class,
            ReproduceCommand.class,
            GcCommand.class,
            RegisterCommand.class);

    @Option(
            names = "--repo",
            scope = ScopeType.INHERIT,
            paramLabel = "WHERE",
            defaultValue = "${env:LAUREL_REPO:-.laurel/models.git}",
            description = {
                "The models repository: a folder, file://, https://, http:// or ssh:// (environment: LAUREL_REPO; default: .laurel/models.git)."
            })
    private Location repository = new Location.Folder(Path.of(""));

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            hidden = true,
            description = "Show where an error comes from (environment: LAUREL_DEBUG=1).")
    private boolean debug;

    public static void main(String[] args) {
        System.exit(commandLine(args).execute(args));
    }

    /**
     * The command line, with those commands alone that stand among the words where any does: the others would take longer to set up than
     * most commands take to run.
     */
    static CommandLine commandLine(String... words) {
        Main main = new Main();
        Errors errors = new Errors(() -> main.debug);
        CommandLine line = new CommandLine(main);
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> List.of(words)
                        .contains(command.getAnnotation(Command.class).name()))
                .toList();
        (named.isEmpty() ? COMMANDS : named).forEach(line::addSubcommand);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(ModelName.class, ModelName::new)
                .registerConverter(Version.class, Version::parse)
                .registerConverter(Environment.class, Environment::new)
                .registerConverter(Location.class, Location::parse)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }

    Location repository() {
        return repository;
    }

    Registry openRegistry() {
        return Registry.open(repository, access());
    }

    static Access access() {
        return Access.of(System.getenv());
    }

    PullRequests pullRequests(Registry registry) {
        return pullRequests(registry, repository);
    }

    static PullRequests pullRequests(Registry registry, Location repository) {
        return new PullRequests(registry, () -> Forges.of(registry, repository, System.getenv()));
    }

    static final class BuiltVersion implements IVersionProvider {
        static String version() {
            @Nullable String version = Main.class.getPackage().getImplementationVersion();
            return version == null ? "(not packaged)" : version;
        }

        @Override
        public String[] getVersion() {
            return new String[] {"laurel " + version()};
        }
    }
}
