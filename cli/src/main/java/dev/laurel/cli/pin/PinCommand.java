package dev.laurel.cli.pin;

import dev.laurel.cli.common.Authors;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.EnvironmentOption;
import dev.laurel.cli.common.ExitCodes;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.output.Output;
import dev.laurel.forge.PullRequest;
import dev.laurel.git.host.Location;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.propose.PullRequests;
import dev.laurel.registry.Author;
import dev.laurel.registry.PinProposal;
import dev.laurel.registry.Promotion;
import dev.laurel.registry.Registry;
import dev.laurel.registry.Revision;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** A command by which a person moves a pin. */
abstract class PinCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private ModelArgument model = new ModelArgument();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is kept in the pin.")
    private @Nullable String reason;

    @Mixin
    private Output output = new Output();

    /** What the command was asked to do. */
    record Move(Environment environment, ModelName model, String reason, Author author) {}

    /**
     * The result as a program reads it: {@code from} and {@code to} are absent where no pin stood or stands; {@code branch} and {@code
     * request} where the move is proposed; {@code laid_down} is the commit that brought the environment into being first.
     */
    record Moved(
            ModelName model,
            Environment environment,
            @Nullable Version from,
            @Nullable Version to,
            boolean moved,
            @Nullable String commit,
            @Nullable String branch,
            @Nullable String request,
            @Nullable String laidDown) {}

    abstract PullRequests.Outcome move(Registry registry, Revision head, Move move);

    final PullRequests pullRequests(Registry registry) {
        return laurel.pullRequests(registry);
    }

    @Override
    public final Integer call() {
        Author person = Authors.person();
        try (Registry registry = laurel.openRegistry()) {
            Revision head = registry.head();
            Move move = new Move(environment.get(), model.in(head), reason(person), person);
            @Nullable
            Version before =
                    head.pin(move.environment(), move.model()).map(Pin::version).orElse(null);
            return print(move, before, move(registry, head, move));
        }
    }

    private String reason(Author person) {
        return reason == null ? "no reason given (by " + person.name() + ", on the command line)" : reason;
    }

    private int print(Move move, @Nullable Version before, PullRequests.Outcome outcome) {
        Promotion promotion = outcome.promotion();
        if (promotion instanceof Promotion.Proposed proposed) {
            return proposed(move, before, proposed.proposal(), outcome.request());
        }
        if (promotion instanceof Promotion.Moved moved) {
            return moved(move, before, moved.pin().version(), moved.commit(), moved.laidDown());
        }
        if (promotion instanceof Promotion.Withdrawn withdrawn) {
            return moved(move, before, null, withdrawn.commit(), null);
        }
        if (promotion instanceof Promotion.Unchanged unchanged) {
            Version version = unchanged.pin().version();
            output.print(
                    new Moved(move.model(), move.environment(), version, version, false, null, null, null, null),
                    "%s in %s: %s already, nothing was written".formatted(move.model(), move.environment(), version));
            return CommandLine.ExitCode.OK;
        }
        output.err().println("laurel: %s in %s: %s".formatted(move.model(), move.environment(), refusal(promotion)));
        return ExitCodes.REJECTED;
    }

    private int moved(
            Move move, @Nullable Version before, @Nullable Version after, String commit, @Nullable String laidDown) {
        String first = laidDown == null
                ? ""
                : "environment %s: laid down, commit %.10s%n".formatted(move.environment(), laidDown);
        output.print(
                new Moved(move.model(), move.environment(), before, after, true, commit, null, null, laidDown),
                first
                        + "%s in %s: %s -> %s, commit %.10s"
                                .formatted(
                                        move.model(),
                                        move.environment(),
                                        Output.shown(before),
                                        Output.shown(after),
                                        commit));
        if (reason == null) {
            output.err().println("hint: say why the next time: --reason \"...\"");
        }
        return CommandLine.ExitCode.OK;
    }

    private int proposed(Move move, @Nullable Version before, PinProposal proposal, @Nullable PullRequest request) {
        output.print(
                new Moved(
                        move.model(),
                        move.environment(),
                        before,
                        proposal.version(),
                        false,
                        proposal.commit(),
                        proposal.branch(),
                        request == null ? null : request.url(),
                        null),
                "%s in %s: %s -> %s proposed, %s"
                        .formatted(
                                move.model(),
                                move.environment(),
                                Output.shown(before),
                                proposal.version(),
                                request == null ? "branch " + proposal.branch() : request.url()));
        if (request == null && laurel.repository() instanceof Location.Remote) {
            output.err()
                    .println(
                            "hint: no pull request was opened; whose they are here has to stand in laurel.yaml (forge: {kind: gitea, url: ..., repository: ...})");
        }
        return CommandLine.ExitCode.OK;
    }

    private static String refusal(Promotion promotion) {
        return promotion instanceof Promotion.Rejected rejected
                ? "rejected: " + String.join("; ", rejected.decision().reasons())
                : "held";
    }
}
