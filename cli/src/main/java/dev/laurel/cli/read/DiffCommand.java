package dev.laurel.cli.read;

import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.output.Output;
import dev.laurel.judge.VersionDiff;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import dev.laurel.registry.Revision;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code laurel diff}. */
@Command(
        name = "diff",
        customSynopsis = "laurel diff [-hV] [--output=FORMAT] [--repo=FOLDER] MODEL VERSION VERSION",
        description = {
            "Compares two versions of a model: metrics, churn of answers, experiment, windows, features, definition, provenance.",
            "",
            "Both answer for the kept evaluation rows of the newer one. Intervals are of 95 %%: Wilson's for accuracy, precision and recall,"
                    + " a bootstrap's for the others and for gains. Where rows or model files are not at hand, the metrics are those of"
                    + " the two reports, and the output says so."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  laurel diff spy-direction v5 v7",
            "",
            "As a diff driver of Git, in a clone of the models repository:",
            "  git config diff.laurel.command 'laurel diff'",
            "  echo 'champion.yaml diff=laurel' >> .git/info/attributes     (also report.yaml, *.model)",
            "  git log -p --ext-diff -- environments",
            "A pin that moves is shown as the comparison of its two versions, a report as its metrics, a model file as digest and size,"
                    + " anything else as text. A plain clone holds neither rows nor model files: add the --repo of a repository that"
                    + " does to the command, and both versions are measured anew."
        })
public final class DiffCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Parameters(
            arity = "1..9",
            paramLabel = "MODEL VERSION VERSION",
            description = "Such as spy-direction v5 v7. (Git gives one, seven or nine others.)")
    private List<String> arguments = List.of();

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        if (DiffDriver.isCalledByGit(arguments)) {
            new DiffDriver(laurel.repository(), output.out()).show(arguments);
            return CommandLine.ExitCode.OK;
        }
        if (arguments.size() != 3) {
            throw usage(new InvalidValueException(
                    "arguments", String.join(" ", arguments), "a model and two versions, such as spy-direction v5 v7"));
        }
        ModelName model;
        Version from;
        Version to;
        try {
            model = new ModelName(arguments.get(0));
            from = Version.parse(arguments.get(1));
            to = Version.parse(arguments.get(2));
        } catch (InvalidValueException e) {
            throw usage(e);
        }
        try (Registry registry = laurel.openRegistry()) {
            Revision head = registry.head();
            VersionDiff diff = VersionDiff.of(registry, head, ModelArgument.known(model, head), from, to);
            output.print(diff, new VersionDiffText(diff).toString());
            return CommandLine.ExitCode.OK;
        }
    }

    private ParameterException usage(InvalidValueException reason) {
        return new ParameterException(command.commandLine(), String.valueOf(reason.getMessage()), reason);
    }
}
