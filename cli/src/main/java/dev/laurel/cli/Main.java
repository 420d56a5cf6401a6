package dev.laurel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.cli.common.BuiltVersion;
import dev.laurel.cli.common.Commands;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.define.CheckCommand;
import dev.laurel.cli.define.NewCommand;
import dev.laurel.cli.define.SchemaCommand;
import dev.laurel.cli.drift.DriftCommand;
import dev.laurel.cli.drift.ExplainDriftCommand;
import dev.laurel.cli.flow.RunCommand;
import dev.laurel.cli.output.Errors;
import dev.laurel.cli.pin.ChallengeCommand;
import dev.laurel.cli.pin.JudgeLiveCommand;
import dev.laurel.cli.pin.PromoteCommand;
import dev.laurel.cli.pin.ReleaseCommand;
import dev.laurel.cli.pin.RollbackCommand;
import dev.laurel.cli.pin.WithdrawCommand;
import dev.laurel.cli.predict.ImportCommand;
import dev.laurel.cli.predict.JoinCommand;
import dev.laurel.cli.predict.PredictCommand;
import dev.laurel.cli.predict.ProjectCommand;
import dev.laurel.cli.read.AtCommand;
import dev.laurel.cli.read.DiffCommand;
import dev.laurel.cli.read.LogCommand;
import dev.laurel.cli.read.ModelsCommand;
import dev.laurel.cli.read.ShowCommand;
import dev.laurel.cli.read.StatusCommand;
import dev.laurel.cli.read.VersionsCommand;
import dev.laurel.cli.repository.GcCommand;
import dev.laurel.cli.repository.InitCommand;
import dev.laurel.cli.repository.UpgradeCommand;
import dev.laurel.cli.serve.ServeCommand;
import dev.laurel.cli.shard.ShardCommand;
import dev.laurel.cli.train.RegisterCommand;
import dev.laurel.cli.train.TrainCommand;
import dev.laurel.cli.up.UpCommand;
import dev.laurel.cli.verify.BisectCommand;
import dev.laurel.cli.verify.GateCommand;
import dev.laurel.cli.verify.ReproduceCommand;
import dev.laurel.cli.verify.VerifyCommand;
import dev.laurel.git.disk.LockCleanup;
import dev.laurel.git.host.Location;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.program.Program;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;

/** The command line {@code laurel}: options that every command takes, and the commands. */
@Command(
        name = "laurel",
        description = "A Git repository is the model registry; what runs is what its main pins.",
        versionProvider = BuiltVersion.class,
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:could not be done; one line on standard error says why",
            "2:the command line is wrong",
            "3:rejected by the gate, held, or faults were found; some rows were rejected, or have drifted",
            "4:cannot be said yet: too few rows or answers",
            "130:stopped by Ctrl-C"
        },
        footerHeading = "%nExample:%n",
        footer = {"  laurel up", "  laurel train spy-direction --offline", "  laurel COMMAND --help"})
public final class Main extends CommonOptions implements Commands {
    private static final List<Class<?>> COMMANDS = List.of(
            UpCommand.class,
            InitCommand.class,
            UpgradeCommand.class,
            NewCommand.class,
            CheckCommand.class,
            SchemaCommand.class,
            TrainCommand.class,
            ImportCommand.class,
            PredictCommand.class,
            JoinCommand.class,
            ShardCommand.class,
            DriftCommand.class,
            ExplainDriftCommand.class,
            RunCommand.class,
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
            ChallengeCommand.class,
            WithdrawCommand.class,
            JudgeLiveCommand.class,
            VerifyCommand.class,
            GateCommand.class,
            BisectCommand.class,
            ReproduceCommand.class,
            GcCommand.class,
            RegisterCommand.class,
            ProjectCommand.class);

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
    public static CommandLine commandLine(String... words) {
        Main main = new Main();
        Errors errors = new Errors(main::debug);
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

    @Override
    public CommandLine line(String... words) {
        return commandLine(words);
    }

    private static Command description(Class<?> command) {
        return command.getAnnotation(Command.class);
    }

    private static CommandSpec listed(Command command) {
        CommandSpec listed = CommandSpec.create().name(command.name());
        listed.usageMessage().description(command.description());
        return listed;
    }
}
