package dev.laurel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.forge.Forge;
import dev.laurel.forge.Forges;
import dev.laurel.forge.PullRequests;
import dev.laurel.git.disk.LockCleanup;
import dev.laurel.git.host.Access;
import dev.laurel.git.host.Location;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.program.Program;
import dev.laurel.registry.Registry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
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
            "3:rejected by the gate, held, or faults were found; some rows were rejected",
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
            NewCommand.class,
            CheckCommand.class,
            SchemaCommand.class,
            TrainCommand.class,
            PredictCommand.class,
            DriftCommand.class,
            ExplainDriftCommand.class,
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
        Program.begin();
        // picocli would print in the encoding of the machine.
        int code = commandLine(args)
                .setOut(new PrintWriter(System.out, true, UTF_8))
                .setErr(new PrintWriter(System.err, true, UTF_8))
                .execute(args);
        LockCleanup.skip();
        System.exit(code);
    }

    /**
     * The command line for these words: the commands among them whole, else all commands as far as the list of them needs. To set up every
     * command takes longer than most take to run.
     */
    static CommandLine commandLine(String... words) {
        Main main = new Main();
        Errors errors = new Errors(() -> main.debug);
        CommandLine line = new CommandLine(main);
        Set<String> named = new HashSet<>(List.of(words));
        for (Class<?> command : COMMANDS) {
            if (named.contains(description(command).name())) {
                line.addSubcommand(command);
            }
        }
        if (line.getSubcommands().isEmpty()) {
            COMMANDS.forEach(command -> line.addSubcommand(listed(description(command))));
        }
        // A word that begins with @ is a word, and no file of more words.
        return line.setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(ModelName.class, ModelName::new)
                .registerConverter(Version.class, Version::parse)
                .registerConverter(Environment.class, Environment::new)
                .registerConverter(Location.class, Location::parse)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }

    private static Command description(Class<?> command) {
        return command.getAnnotation(Command.class);
    }

    private static CommandSpec listed(Command command) {
        CommandSpec listed = CommandSpec.create().name(command.name());
        listed.usageMessage().description(command.description());
        return listed;
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

    /** The Git host that has the pull requests, if any. */
    Optional<Forge> forge(Registry registry) {
        return Forges.of(registry, repository, System.getenv());
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
