package dev.laurel.cli.pin;

import dev.laurel.cli.common.Authors;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.EnvironmentOption;
import dev.laurel.cli.common.ExitCodes;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.wait.WaitOptions;
import dev.laurel.cli.wait.Waited;
import dev.laurel.cli.wait.Waiting;
import dev.laurel.cli.wait.Wanted;
import dev.laurel.forge.PullRequest;
import dev.laurel.git.host.Location;
import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.propose.PullRequests;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.PinProposal;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.view.Author;
import dev.laurel.registry.view.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

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
    private WaitOptions wait = new WaitOptions();

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec command = CommandSpec.create();

    /** What the command was asked to do. */
    record Move(Environment environment, ModelName model, String reason, Author author) {}

    /**
     * The result as a program reads it: {@code from} and {@code to} are absent where no pin stood or stands; {@code branch} and {@code
     * request} where the move is proposed; {@code laid_down} is the commit that brought the environment into being first; {@code waited} what
     * came of {@code --wait}.
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
            @Nullable String laidDown,
            @Nullable Waited waited) {
        Moved after(Waited outcome) {
            return new Moved(model, environment, from, to, moved, commit, branch, request, laidDown, outcome);
        }
    }

    abstract PullRequests.Outcome move(Registry registry, Revision head, Move move);

    final PullRequests pullRequests(Registry registry) {
        return laurel.pullRequests(registry);
    }

    @Override
    public final Integer call() {
        Author person = Authors.person();
        Optional<Waiting> waiting = waiting();
        Instant begun = Instant.now();
        try (Registry registry = laurel.openRegistry()) {
            Revision head = registry.head();
            Move move = new Move(environment.get(), model.in(head), reason(person), person);
            @Nullable
            Version before =
                    head.pin(move.environment(), move.model()).map(Pin::version).orElse(null);
            PullRequests.Outcome outcome = move(registry, head, move);
            int exit = print(new Wait(waiting, begun), move, before, outcome);
            notes(registry, move, outcome.promotion())
                    .forEach(note -> output.err().println("note: " + note));
            return exit;
        }
    }

    /** What a person may not know who moved a pin. */
    List<String> notes(Registry registry, Move move, Promotion promotion) {
        return List.of();
    }

    /** A wait that was asked for, if one was, and when the command began. */
    private record Wait(Optional<Waiting> waiting, Instant begun) {}

    private Optional<Waiting> waiting() {
        try {
            Optional<Waiting> waiting = wait.waiting();
            Expect.that(
                    waiting.isEmpty() || !proposes(),
                    "--wait",
                    "given",
                    "none with --pull-request, which moves nothing yet");
            return waiting;
        } catch (InvalidValueException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether the move is for others to merge. */
    boolean proposes() {
        return false;
    }

    private String reason(Author person) {
        return Authors.reason(reason, person);
    }

    private int print(Wait wait, Move move, @Nullable Version before, PullRequests.Outcome outcome) {
        Promotion promotion = outcome.promotion();
        if (promotion instanceof Promotion.Proposed proposed) {
            return proposed(move, before, proposed.proposal(), outcome.request());
        }
        if (promotion instanceof Promotion.Moved moved) {
            return moved(wait, move, before, moved.pin(), moved.commit(), moved.laidDown());
        }
        if (promotion instanceof Promotion.Withdrawn withdrawn) {
            return moved(wait, move, before, null, withdrawn.commit(), null);
        }
        if (promotion instanceof Promotion.Unchanged unchanged) {
            Version version = unchanged.pin().version();
            return print(
                    wait,
                    new Moved(move.model(), move.environment(), version, version, false, null, null, null, null, null),
                    unchanged.pin(),
                    "%s in %s: %s already, nothing was written".formatted(move.model(), move.environment(), version));
        }
        output.err().println("laurel: %s in %s: %s".formatted(move.model(), move.environment(), refusal(promotion)));
        return ExitCodes.REJECTED;
    }

    private int moved(
            Wait wait,
            Move move,
            @Nullable Version before,
            @Nullable Pin pin,
            String commit,
            @Nullable String laidDown) {
        @Nullable Version after = pin == null ? null : pin.version();
        String first = laidDown == null
                ? ""
                : "environment %s: laid down, commit %.10s%n".formatted(move.environment(), laidDown);
        int exit = print(
                wait,
                new Moved(move.model(), move.environment(), before, after, true, commit, null, null, laidDown, null),
                pin,
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
        return exit;
    }

    /** @param pin that is to answer; null where none is */
    private int print(Wait wait, Moved result, @Nullable Pin pin, String text) {
        if (wait.waiting().isEmpty()) {
            output.print(result, text);
            return CommandLine.ExitCode.OK;
        }
        Instant committed = Instant.now();
        output.progress(text);
        Waited waited = wait.waiting()
                .get()
                .until(new Wanted(
                        result.model(),
                        result.environment(),
                        result.to(),
                        pin == null ? null : pin.digest(),
                        wait.begun(),
                        committed));
        output.print(result.after(waited), waited.answered() ? waited.text(answers(result.to())) : "");
        if (!waited.answered()) {
            output.err().println("laurel: " + waited.complaint());
        }
        return waited.answered() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static String answers(@Nullable Version version) {
        return version == null ? "nothing answers any more" : version + " answers";
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
                        null,
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
