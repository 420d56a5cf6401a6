package dev.laurel.cli.flow;

import dev.laurel.cli.common.Commands;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.output.Output;
import dev.laurel.model.InvalidValueException;
import dev.laurel.registry.Registry;
import dev.laurel.schema.DefinitionSchema;
import dev.laurel.schema.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code laurel run}. */
@Command(
        name = "run",
        description = {
            "Runs a flow: commands one after another, as a file has them.",
            "",
            "All of them are looked at before the first begins: commands and options, models, files, and whether each step has what it needs by"
                    + " then. Everything that is wrong is said at once, a line for each thing. A step that failed is tried again as often as it says;"
                    + " when it fails for good, those after it are skipped."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every step is done, or ended with a code that the flow accepts",
            "1:the flow is wrong, and nothing was begun; or a step failed with this code",
            "2:the command line is wrong",
            "others:that of the step which failed first"
        },
        footerHeading = "%nExample:%n",
        footer = {"  laurel run flow.yaml", "  laurel run flow.yaml --check", "  laurel run --schema > flow.schema.json"
        })
public final class RunCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @ParentCommand
    private @Nullable Commands commands;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "The flow, such as flow.yaml.")
    private @Nullable Path file;

    @Option(names = "--check", description = "Says what is wrong with it, and runs nothing.")
    private boolean check;

    @Option(
            names = "--schema",
            description = "Prints the JSON Schema of flows instead, by which editors complete and check them.")
    private boolean schema;

    @Mixin
    private Output output = new Output();

    record Wrong(String file, boolean right, List<Finding> findings) {}

    @Override
    public Integer call() {
        if (schema) {
            output.out()
                    .print(new String(DefinitionSchema.json(Flow.class, "A flow of Laurel"), StandardCharsets.UTF_8));
            output.out().flush();
            return CommandLine.ExitCode.OK;
        }
        if (file == null || commands == null) {
            throw new InvalidValueException("FILE", "missing", "a flow, such as flow.yaml");
        }
        FlowCheck.Checked checked = checked(file, commands);
        if (checked.flow() == null || !checked.isRight() || check) {
            output.print(
                    new Wrong(file.toString(), checked.isRight(), checked.findings()),
                    checked.isRight()
                            ? file + ": right"
                            : checked.findings().stream()
                                    .map(Finding::toString)
                                    .collect(Collectors.joining(System.lineSeparator())));
            return checked.isRight() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
        FlowReport report = new FlowRun(
                        checked.flow(),
                        checked.lines(),
                        checked.shown(),
                        laurel.repository().toString(),
                        commands,
                        output)
                .run();
        output.print(report, report.text());
        return report.exit();
    }

    private FlowCheck.Checked checked(Path path, Commands all) {
        byte[] yaml = read(path);
        try (Registry registry = laurel.openRegistry()) {
            return FlowCheck.of(yaml, path.toString(), all, System.getenv(), registry.head());
        }
    }

    private static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new InvalidValueException("file", path, "a flow that can be read");
        }
    }
}
