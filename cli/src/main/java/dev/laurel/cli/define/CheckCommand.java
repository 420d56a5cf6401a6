package dev.laurel.cli.define;

import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.output.Output;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import dev.laurel.registry.view.Revision;
import dev.laurel.schema.DefinitionCheck;
import dev.laurel.schema.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code laurel check}. */
@Command(
        name = "check",
        description = {
            "Says everything that is wrong with a definition at once.",
            "A line for each thing: file:line:column: key: value (expected: ...). What a definition may hold stands in docs/definition.md."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it is right", "1:something is wrong with it, or it could not be read"},
        footerHeading = "%nExample:%n",
        footer = {"  laurel check model.yaml", "  laurel check spy-direction"})
public final class CheckCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Parameters(
            index = "0",
            paramLabel = "FILE|MODEL",
            description = "A model.yaml, or the name of a model in the models repository.")
    private String what = "";

    @Mixin
    private Output output = new Output();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Document(String name, byte[] text) {}

    record Checked(String file, boolean right, List<Finding> findings) {}

    @Override
    public Integer call() {
        Document document = document();
        List<Finding> findings = DefinitionCheck.of(document.text(), document.name());
        output.print(
                new Checked(document.name(), findings.isEmpty(), findings),
                findings.isEmpty()
                        ? document.name() + ": right"
                        : findings.stream().map(Finding::toString).collect(Collectors.joining(System.lineSeparator())));
        return findings.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private Document document() {
        Path file = Path.of(what);
        if (Files.exists(file) || what.contains("/") || what.contains(".")) {
            return new Document(what, read(file));
        }
        try (Registry registry = laurel.openRegistry()) {
            Revision head = registry.head();
            ModelName model = ModelArgument.known(new ModelName(what), head);
            return new Document("models/%s/model.yaml".formatted(model), head.definitionText(model));
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InvalidValueException("file", file, "a definition that can be read, or the name of a model");
        }
    }
}
