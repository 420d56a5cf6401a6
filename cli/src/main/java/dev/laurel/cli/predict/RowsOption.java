package dev.laurel.cli.predict;

import dev.laurel.model.InvalidValueException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --input}: the rows that a version is asked about. */
public final class RowsOption {
    @Option(
            names = {"--from", "--input"},
            paramLabel = "FILE",
            description = {
                "The rows, as CSV; .gz is decompressed, - is standard input. Or a database, as jdbc:postgresql://host/name; jdbc: is that of"
                        + " LAUREL_DATABASE_URL."
            })
    private @Nullable String rows;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** Null where none were named. */
    public @Nullable String orNone() {
        return rows;
    }

    public String get() {
        if (rows == null) {
            InvalidValueException missing = new InvalidValueException(
                    "--input", "missing", "a value; see '" + command.qualifiedName() + " --help'");
            throw new ParameterException(command.commandLine(), String.valueOf(missing.getMessage()), missing);
        }
        return rows;
    }
}
