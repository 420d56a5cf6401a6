package dev.laurel.cli.pin;

import dev.laurel.cli.common.Authors;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.EnvironmentOption;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.output.Errors;
import dev.laurel.cli.output.LiveText;
import dev.laurel.cli.output.Output;
import dev.laurel.judge.LiveJudging;
import dev.laurel.judge.LiveServers;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.view.Revision;
import dev.laurel.yaml.InvalidDocumentException;
import java.util.ArrayList;
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

/** {@code laurel judge-live}. */
@Command(
        name = "judge-live",
        description = {
            "Lets live traffic decide about a challenger, by the rules of gate.live.",
            "Asks every server what it measured, then promotes the challenger with that as evidence, withdraws it, or leaves it alone; a champion that"
                    + " fails is rolled back, and held.",
            "Exit code 0: promoted; 3: withdrawn, rolled back or held; 4: not yet.",
            "Without MODEL each one that live traffic has to decide about is judged, and the exit code is 0 when all could be."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  laurel judge-live spy-direction --server http://localhost:8080",
            "  laurel judge-live --server http://{model}-siblings.laurel-production:8080"
        })
public final class JudgeLiveCommand implements Callable<Integer> {
    private static final String MODEL = "{model}";

    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MODEL",
            description =
                    "The name of the model, such as spy-direction (default: each that live traffic decides about).")
    private @Nullable ModelName model;

    @Option(
            names = "--server",
            paramLabel = "URL",
            split = ",",
            required = true,
            description = {
                "Where the model answers; each of several. A name with several addresses is a server at each.",
                "{model} in it is the name of the model."
            })
    private List<String> servers = List.of();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry()) {
            Revision head = registry.head();
            if (model == null) {
                return judgeAll(registry, head);
            }
            LiveText text = judge(registry, ModelArgument.known(model, head));
            output.print(text, text.line());
            return text.exitCode();
        }
    }

    private LiveText judge(Registry registry, ModelName name) {
        List<String> own = servers.stream()
                .map(server -> server.replace(MODEL, name.value()))
                .toList();
        return LiveText.of(
                name,
                environment.get(),
                new LiveJudging(registry, environment.get(), new LiveServers(own), Authors.automation()).judge(name));
    }

    /** One whose servers cannot be asked keeps no other from being judged. */
    private int judgeAll(Registry registry, Revision head) {
        List<LiveText> texts = new ArrayList<>();
        int failures = 0;
        for (ModelName name : head.models()) {
            try {
                if (LiveJudging.concerns(head, environment.get(), name)) {
                    texts.add(judge(registry, name));
                }
            } catch (RegistryException | InvalidDocumentException e) {
                Errors.report(e, name + ": not judged: ", output.err(), laurel.debug());
                failures++;
            }
        }
        output.print(
                texts,
                texts.isEmpty() && failures == 0
                        ? "nothing to judge in %s: no challenger, and no gate.live with rules for champions"
                                .formatted(environment.get())
                        : texts.stream().map(LiveText::line).collect(Collectors.joining("\n")));
        return failures == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
