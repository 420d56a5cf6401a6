package dev.laurel.cli.output;

import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Version;
import dev.laurel.yaml.Yaml;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the result of a command, for people or for programs. */
public final class Output {
    enum Format {
        TEXT,
        JSON
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            defaultValue = "text",
            description = "text or json (default: text).")
    private Format format = Format.TEXT;

    /** @param text empty when the progress has said it all */
    public void print(Object result, String text) {
        String shown = format == Format.JSON ? Yaml.toTree(result).toPrettyString() : text;
        if (!shown.isEmpty()) {
            out().println(shown);
        }
    }

    public boolean isForPrograms() {
        return format == Format.JSON;
    }

    /** What happens on the way to the result; beside it, when that is read by a program. */
    public void progress(String line) {
        (format == Format.JSON ? err() : out()).println(line);
    }

    /** A version that may not be there, for people. */
    public static String shown(@Nullable Version version) {
        return version == null ? "none" : version.toString();
    }

    public PrintWriter out() {
        return command.commandLine().getOut();
    }

    public PrintWriter err() {
        return command.commandLine().getErr();
    }

    static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            try {
                return Format.valueOf(text.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new InvalidValueException("output", text, "text or json");
            }
        }
    }
}
