package dev.laurel.cli.output;

import dev.laurel.database.DatabaseException;
import dev.laurel.forge.ForgeException;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Nearest;
import dev.laurel.program.Reason;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.source.SourceException;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What went wrong, in one line: {@code laurel: port: 99999 (expected: 0..65535)}. */
public final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final BooleanSupplier debug;

    /** @param debug whether to print stack traces too */
    public Errors(BooleanSupplier debug) {
        this.debug = debug;
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        e.getCommandLine().getErr().println("laurel: " + usage(e));
        return CommandLine.ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult arguments) {
        report(e, commandLine.getErr(), debug.getAsBoolean());
        return CommandLine.ExitCode.SOFTWARE;
    }

    public static void report(Exception e, PrintWriter err, boolean debug) {
        report(e, "", err, debug);
    }

    /** @param about what it happened to, before the message */
    public static void report(Exception e, String about, PrintWriter err, boolean debug) {
        if (debug || System.getenv("LAUREL_DEBUG") != null) {
            e.printStackTrace(err);
        }
        LogFile.keep(about, e);
        err.println("laurel: " + about + line(e));
    }

    private static String line(Exception e) {
        if (e instanceof InvalidValueException
                || e instanceof InvalidDocumentException
                || e instanceof RegistryException
                || e instanceof SourceException
                || e instanceof DatabaseException
                || e instanceof ForgeException) {
            return String.valueOf(e.getMessage());
        }
        if (e instanceof IOException || e instanceof UncheckedIOException) {
            return "input or output failed: " + Reason.of(e);
        }
        return "this is a mistake in Laurel: " + Reason.of(e) + " (LAUREL_DEBUG=1 shows where; please report it)";
    }

    /** What is wrong with a command line, in a line. */
    public static String usage(ParameterException e) {
        String help = "'" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'";
        if (e.getCause() instanceof InvalidValueException invalid) {
            return String.valueOf(invalid.getMessage());
        }
        if (e instanceof UnmatchedArgumentException unmatched) {
            return "argument: %s (expected: what %s lists%s)"
                    .formatted(String.join(" ", unmatched.getUnmatched()), help, meant(unmatched));
        }
        if (e instanceof MissingParameterException missing) {
            return missing.getMissing().stream().map(Errors::name).collect(Collectors.joining(", "))
                    + ": missing (expected: a value; see " + help + ")";
        }
        return Reason.inWords(String.valueOf(e.getMessage()).lines().findFirst().orElse(""))
                        .replace(" ()", "") + " (see " + help + ")";
    }

    private static String meant(UnmatchedArgumentException e) {
        String word = e.getUnmatched().get(0).replaceFirst("=.*", "");
        CommandLine line = e.getCommandLine();
        Collection<String> known = word.startsWith("-")
                ? line.getCommandSpec().optionsMap().keySet()
                : line.getSubcommands().keySet();
        return Nearest.near(word, known).map("; did you mean %s?"::formatted).orElse("");
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
