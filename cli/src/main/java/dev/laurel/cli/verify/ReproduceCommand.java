package dev.laurel.cli.verify;

import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.ExitCodes;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.output.TrainingProgress;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import dev.laurel.registry.Revision;
import dev.laurel.run.Reproducer;
import dev.laurel.run.Reproduction;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code laurel reproduce}. */
@Command(
        name = "reproduce",
        description = {
            "Trains a version again, from its recorded definition and seed and its kept rows, and compares the digests of the model files.",
            "The source is not asked, and nothing is written. Takes as long as the training took."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the same model file, byte by byte",
            "1:could not be done, such as where the rows were not kept; one line on standard error says why",
            "2:the command line is wrong",
            "3:another one; the lines below the first say what may explain it"
        },
        footerHeading = "%nExample:%n",
        footer = "  laurel reproduce spy-direction v7")
public final class ReproduceCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private ModelArgument model = new ModelArgument();

    @Parameters(index = "1", paramLabel = "VERSION", description = "Such as v7.")
    private Version version = new Version(1);

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry();
                TrainingProgress progress = new TrainingProgress(output::progress, output.err())) {
            Revision head = registry.head();
            ModelName name = model.in(head);
            Reproduction reproduction = new Reproducer(registry, head, name, version, progress).reproduce();
            output.print(reproduction, text(reproduction));
            return reproduction.isSame() ? CommandLine.ExitCode.OK : ExitCodes.REJECTED;
        }
    }

    private static String text(Reproduction reproduction) {
        String version = "%s %s".formatted(reproduction.model(), reproduction.version());
        if (reproduction.isSame()) {
            return "%s: reproduced: the same model file, %s".formatted(version, reproduction.recorded());
        }
        return "%s: not reproduced: %s, recorded was %s%n%s"
                .formatted(
                        version,
                        reproduction.made() == null ? "no model file" : reproduction.made(),
                        reproduction.recorded(),
                        reproduction.reasons().stream()
                                .map(reason -> "  " + reason)
                                .collect(Collectors.joining(System.lineSeparator())));
    }
}
