package dev.laurel.cli.pin;

import dev.laurel.cli.common.Authors;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.EnvironmentOption;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.output.LiveText;
import dev.laurel.cli.output.Output;
import dev.laurel.model.ChallengerMode;
import dev.laurel.model.Decision;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.ChallengeOutcome;
import dev.laurel.registry.view.Author;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code laurel challenge}. */
@Command(
        name = "challenge",
        description = {
            "Tries a version beside the champion on live traffic, by a commit of challenger.yaml alone.",
            "A shadow answers nobody and is compared; a canary answers a share of the requests."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  laurel challenge spy-direction v8 --reason \"new features\"",
            "  laurel challenge spy-direction v8 --mode canary --share 20 --reason \"a week on a fifth\""
        })
public final class ChallengeCommand implements Callable<Integer> {
    private static final int USUAL_SHARE = 10;

    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private ModelArgument model = new ModelArgument();

    @Parameters(index = "1", paramLabel = "VERSION", description = "Such as v8; newer than the champion.")
    private Version version = new Version(1);

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "shadow",
            description = "shadow or canary (default: shadow).")
    private ChallengerMode mode = ChallengerMode.SHADOW;

    @Option(
            names = "--share",
            paramLabel = "PERCENT",
            description = "Of the requests that a canary answers, 1..99 (default: 10).")
    private @Nullable Integer share;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is kept in the pin.")
    private @Nullable String reason;

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Author person = Authors.person();
        try (Registry registry = laurel.openRegistry()) {
            ModelName name = model.in(registry.head());
            ChallengeOutcome outcome = registry.challenge(
                    environment.get(),
                    name,
                    version,
                    mode,
                    mode == ChallengerMode.CANARY && share == null ? Integer.valueOf(USUAL_SHARE) : share,
                    Authors.reason(reason, person),
                    person);
            LiveText text = LiveText.of(name, environment.get(), outcome);
            output.print(text, text.line());
            Decision decision = registry.head().report(name, version).decision();
            if (!decision.isPassed()) {
                output.err()
                        .println("note: the gate rejected %s (%s); live traffic alone decides about it now"
                                .formatted(version, String.join("; ", decision.reasons())));
            }
            return text.exitCode();
        }
    }
}
