package dev.laurel.cli.pin;

import dev.laurel.evaluation.Report;
import dev.laurel.model.Environment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Version;
import dev.laurel.propose.PullRequests;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.view.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code laurel promote}. */
@Command(
        name = "promote",
        description = {
            "Moves a pin to a version, by a commit. The version is verified, not judged; a hold ends.",
            "With --from it is the champion of another environment, and the evidence that it rests on there comes with it.",
            "With --pull-request the commit goes on a branch of its own, and the Git host is asked for a pull request.",
            "With --wait it returns when every replica answers with the version, and says what each hop took."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  laurel promote spy-direction v3 --reason \"calmer in May\"",
            "  laurel promote spy-direction --from staging --env production --reason \"a quiet week in staging\"",
            "  laurel promote spy-direction v3 --reason \"calmer in May\" --pull-request",
            "  laurel promote spy-direction v3 --reason \"calmer in May\" --wait http://localhost:8080"
        })
public final class PromoteCommand extends PinCommand {
    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "Such as v3 (default: the newest version).")
    private @Nullable Version version;

    @Option(names = "--from", paramLabel = "NAME", description = "The environment whose champion to promote.")
    private @Nullable Environment from;

    @Option(names = "--pull-request", description = "Propose it, for others to merge, where main is protected.")
    private boolean pullRequest;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    boolean proposes() {
        return pullRequest;
    }

    @Override
    PullRequests.Outcome move(Registry registry, Revision head, Move move) {
        if (from != null) {
            checkFrom(from, move.environment());
            return pullRequest
                    ? pullRequests(registry)
                            .propose(move.environment(), move.model(), from, move.reason(), move.author())
                    : new PullRequests.Outcome(
                            registry.promote(move.environment(), move.model(), from, move.reason(), move.author()));
        }
        Version wanted = wanted(head, move);
        return pullRequest
                ? pullRequests(registry).propose(move.environment(), move.model(), wanted, move.reason(), move.author())
                : new PullRequests.Outcome(
                        registry.promote(move.environment(), move.model(), wanted, move.reason(), move.author()));
    }

    /** What the gate had said of the version, and that a lowered pin is held. */
    @Override
    List<String> notes(Registry registry, Move move, Promotion promotion) {
        Version promoted = promotion instanceof Promotion.Moved moved
                ? moved.pin().version()
                : promotion instanceof Promotion.Proposed proposed
                        ? proposed.proposal().version()
                        : null;
        if (promoted == null) {
            return List.of();
        }
        List<String> notes = new ArrayList<>();
        Revision head = registry.head();
        verdict(head, move, promoted).ifPresent(notes::add);
        if (promotion instanceof Promotion.Moved) {
            head.hold(move.environment(), move.model())
                    .ifPresent(hold -> notes.add(
                            "held: %s is older than %s, so automation leaves the pin alone; 'laurel release %s' lets it go on"
                                    .formatted(promoted, hold.from(), move.model())));
        }
        return notes;
    }

    private static Optional<String> verdict(Revision head, Move move, Version version) {
        if (!head.versions(move.model()).contains(version)) {
            return Optional.empty();
        }
        Report report = head.report(move.model(), version);
        return report.decision().isPassed()
                ? Optional.empty()
                : Optional.of("the gate of %s had rejected %s: %s"
                        .formatted(
                                report.environment(),
                                version,
                                String.join("; ", report.decision().reasons())));
    }

    private Version wanted(Revision head, Move move) {
        return version == null
                ? head.newest(move.model())
                        .orElseThrow(() -> new InvalidValueException(
                                "versions", "none", "one at least; 'laurel train " + move.model() + "' makes one"))
                : version;
    }

    private void checkFrom(Environment other, Environment environment) {
        InvalidValueException reason = null;
        if (other.equals(environment)) {
            reason = new InvalidValueException("--from", other, "another environment than that of --env");
        } else if (version != null) {
            reason =
                    new InvalidValueException("version", version, "none beside --from; it is the champion of " + other);
        }
        if (reason != null) {
            throw new ParameterException(command.commandLine(), String.valueOf(reason.getMessage()), reason);
        }
    }
}
