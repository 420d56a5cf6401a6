package dev.laurel.cli.define;

import dev.laurel.schema.DefinitionSchema;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code laurel schema}. */
@Command(
        name = "schema",
        description = {
            "Prints the JSON Schema of model.yaml, by which editors complete and check it.",
            "'laurel init' lays it down; the first line of a model.yaml says where it is."
        },
        footerHeading = "%nExample:%n",
        footer = "  laurel schema > model.schema.json")
public final class SchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        command.commandLine().getOut().print(new String(DefinitionSchema.json(), StandardCharsets.UTF_8));
        command.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
