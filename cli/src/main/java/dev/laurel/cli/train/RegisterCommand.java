package dev.laurel.cli.train;

import dev.laurel.cli.common.Authors;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.output.Shown;
import dev.laurel.model.Decision;
import dev.laurel.model.Digest;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.Registration;
import dev.laurel.registry.Registry;
import dev.laurel.run.MadeElsewhere;
import dev.laurel.run.MadeElsewhere.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code laurel register}. */
@Command(
        name = "register",
        description = {
            "Registers a model that was made elsewhere, such as a version of another models repository, as the next version. No pin moves.",
            "With its rows it is measured anew on the evaluation rows of its report and judged against the champion here; without them its"
                    + " report is believed, and the gate rejects it as not judged. The version's number in its documents is set."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  cd ~/clones/other-models && git lfs pull -I '*' -X ''",
            "  v=models/spy-direction/versions/00/v7",
            "  laurel register spy-direction --file $v/spy-direction.model --report $v/report.yaml --provenance $v/provenance.yaml \\",
            "      --data data/c0/c0de....csv --repo ~/models.git"
        })
public final class RegisterCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private ModelArgument model = new ModelArgument();

    @Option(names = "--file", required = true, paramLabel = "FILE", description = "The model file.")
    private Path file = Path.of("");

    @Option(names = "--report", required = true, paramLabel = "FILE", description = "Its report.yaml.")
    private Path report = Path.of("");

    @Option(
            names = "--provenance",
            paramLabel = "FILE",
            description = "Its provenance.yaml (default: one that says little is known; then --data is needed).")
    private @Nullable Path provenance;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "The rows that it was made from, as CSV; they are kept with it (default: none are).")
    private @Nullable Path data;

    @Mixin
    private Output output = new Output();

    /**
     * What came of it.
     *
     * @param outcome {@code registered}, or {@code already-registered} when the newest version is this very model file
     * @param commit absent where nothing was written
     * @param decision what the gate says of it here; absent where nothing was written
     */
    record Result(
            String outcome,
            ModelName model,
            Version version,
            Digest digest,
            @Nullable String commit,
            @Nullable Decision decision) {}

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry()) {
            ModelName name = model.in(registry.head());
            MadeElsewhere made = new MadeElsewhere(
                    registry,
                    name,
                    given("--file", file),
                    given("--report", report),
                    provenance == null ? null : given("--provenance", provenance),
                    data == null ? null : given("--data", data));
            Registration registration = registry.register(made, Authors.person());
            Version version = registration.version();
            if (registration instanceof Registration.Registered registered) {
                Decision decision = made.report(version).decision();
                output.print(
                        new Result("registered", name, version, made.digest(), registered.commit(), decision),
                        "%s: registered %s, commit %s%n%s by the gate: %s%nno pin moved; 'laurel promote %s %s' makes it the champion"
                                .formatted(
                                        name,
                                        version,
                                        Shown.commit(registered.commit()),
                                        decision.verdict(),
                                        String.join("; ", decision.reasons()),
                                        name,
                                        version));
            } else {
                output.print(
                        new Result("already-registered", name, version, made.digest(), null, null),
                        "%s: this very model file is %s already, nothing was written".formatted(name, version));
            }
            return CommandLine.ExitCode.OK;
        }
    }

    private static Given given(String option, Path path) {
        try {
            return new Given(path.toString(), Files.readAllBytes(path));
        } catch (IOException e) {
            throw new InvalidValueException(option, path, "a file that can be read");
        }
    }
}
