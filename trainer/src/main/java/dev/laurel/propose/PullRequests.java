package dev.laurel.propose;

import dev.laurel.forge.Forge;
import dev.laurel.forge.ForgeException;
import dev.laurel.forge.PullRequest;
import dev.laurel.judge.Challenge;
import dev.laurel.model.Decision;
import dev.laurel.model.Environment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.predictor.InvalidModelFileException;
import dev.laurel.program.Reason;
import dev.laurel.registry.Author;
import dev.laurel.registry.Judge;
import dev.laurel.registry.PinProposal;
import dev.laurel.registry.Promotion;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryException;
import dev.laurel.registry.Revision;
import dev.laurel.yaml.InvalidDocumentException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Promotes by pull request: the registry puts the move on a branch, and the Git host asks people about it. For each pin there is one
 * open request at most. Every step may be repeated: what an earlier try left undone, the next one does.
 */
public final class PullRequests {
    private final Registry registry;
    private final Supplier<Optional<Forge>> host;

    /** @param host asked for when there is something to propose; without one there are branches only */
    public PullRequests(Registry registry, Supplier<Optional<Forge>> host) {
        this.registry = registry;
        this.host = host;
    }

    /** What came of it; the request is absent when nothing is proposed, and where there is no host. */
    public record Outcome(Promotion promotion, @Nullable PullRequest request) {
        /** Of a promotion about which nobody is asked. */
        public Outcome(Promotion promotion) {
            this(promotion, null);
        }
    }

    /** By automation: the judge decides, and a request that a person closed is not opened again. */
    public Outcome propose(Environment environment, ModelName model, Version version, Judge judge, Author author) {
        return publish(registry.propose(environment, model, version, judge, author));
    }

    /** By a person. */
    public Outcome propose(Environment environment, ModelName model, Version version, String reason, Author author) {
        return publish(registry.propose(environment, model, version, reason, author));
    }

    /** By a person: the champion of another environment. */
    public Outcome propose(Environment environment, ModelName model, Environment from, String reason, Author author) {
        return publish(registry.propose(environment, model, from, reason, author));
    }

    private Outcome publish(Promotion promotion) {
        if (!(promotion instanceof Promotion.Proposed proposed)) {
            return new Outcome(promotion);
        }
        try {
            return ask(proposed);
        } catch (ForgeException | InvalidValueException e) {
            throw new ForgeException(Reason.of(e) + standing(proposed.proposal()), e);
        }
    }

    /** What is done already when the host does not do its part, and how to go on. */
    private static String standing(PinProposal proposal) {
        return "; the proposal stands on the branch %s (%s goes on from there, or open a request from that branch by hand)"
                .formatted(
                        proposal.branch(),
                        proposal.pin().by() == Pin.By.PERSON
                                ? "the same command again"
                                : "the next `laurel train %s`".formatted(proposal.model()));
    }

    private Outcome ask(Promotion.Proposed proposed) {
        PinProposal proposal = proposed.proposal();
        Optional<Forge> forge = host.get();
        Optional<PullRequest> request = Optional.empty();
        if (forge.isPresent()) {
            List<PullRequest> open = open(forge.get(), proposal);
            request = own(open, proposal);
            // A person who proposes what was closed before has changed their mind; automation has none to change.
            Optional<PullRequest> decided =
                    request.isPresent() || proposal.pin().by() == Pin.By.PERSON
                            ? Optional.empty()
                            : forge.get().decided(proposal.branch());
            if (decided.isPresent()) {
                registry.withdraw(proposal);
                String reason = "its pull request was closed: " + decided.get().url();
                return new Outcome(new Promotion.Rejected(Decision.rejected(List.of(reason))), decided.get());
            }
            request = Optional.of(write(forge.get(), proposal, request));
            String newer = "%s takes its place: %s"
                    .formatted(proposal.version(), request.get().url());
            open.stream()
                    .filter(other -> !other.branch().equals(proposal.branch()))
                    .forEach(other -> forge.get().close(other, newer));
        }
        proposed.superseded().forEach(registry::withdraw);
        return new Outcome(proposed, request.orElse(null));
    }

    /** The open requests for the same pin. */
    private static List<PullRequest> open(Forge forge, PinProposal proposal) {
        String branches = PinProposal.branches(proposal.environment(), proposal.model());
        return forge.open().stream()
                .filter(request -> request.branch().startsWith(branches))
                .toList();
    }

    private static Optional<PullRequest> own(List<PullRequest> requests, PinProposal proposal) {
        return requests.stream()
                .filter(request -> request.branch().equals(proposal.branch()))
                .findFirst();
    }

    private PullRequest write(Forge forge, PinProposal proposal, Optional<PullRequest> request) {
        ProposalText text = ProposalText.of(registry, proposal);
        if (request.isEmpty()) {
            return forge.open(proposal.branch(), text.title(), text.body());
        }
        boolean same = request.get().title().equals(text.title())
                && request.get().body().strip().equals(text.body().strip());
        return same ? request.get() : forge.update(request.get(), text.title(), text.body());
    }

    /**
     * Looks after what is proposed: what was decided is cleared away, what the champion overtook is judged again, and a request that
     * could not be opened is opened.
     *
     * @param tell is told what was done, a line each
     */
    public void settle(Environment environment, ModelName model, Author author, Consumer<String> tell) {
        List<PinProposal> proposals = registry.proposals(environment, model);
        if (proposals.isEmpty()) {
            return;
        }
        Optional<Forge> forge = host.get();
        Revision head = registry.head();
        boolean held = head.hold(environment, model).isPresent();
        Version champion = head.pin(environment, model).map(Pin::version).orElse(null);
        @Nullable Version standing = null;
        for (PinProposal proposal : proposals) {
            Optional<PullRequest> request = forge.flatMap(
                    found -> own(open(found, proposal), proposal).or(() -> found.decided(proposal.branch())));
            Optional<String> decided = request.filter(found -> found.state() != PullRequest.State.OPEN)
                    .map(found -> (found.state() == PullRequest.State.MERGED ? "merged: " : "closed: ") + found.url());
            if (proposal.version().equals(champion)) {
                end(forge, proposal, request, decided.orElse("the champion already"), tell);
            } else if (decided.isPresent()) {
                end(forge, proposal, request, decided.get(), tell);
            } else if (proposal.pin().by() == Pin.By.AUTOMATION) {
                if (standing != null) {
                    end(forge, proposal, request, standing + " takes its place", tell);
                    continue;
                }
                if (!held && proposal.current() && request.isPresent() == forge.isPresent()) {
                    standing = proposal.version();
                    continue;
                }
                Outcome outcome = again(proposal, author);
                if (outcome.promotion() instanceof Promotion.Proposed) {
                    @Nullable PullRequest opened = outcome.request();
                    tell.accept("proposed %s in %s again: %s"
                            .formatted(
                                    proposal.version(),
                                    environment,
                                    opened == null ? proposal.branch() : opened.url()));
                    return;
                }
                end(forge, proposal, request, refusal(outcome.promotion()), tell);
            }
        }
    }

    private Outcome again(PinProposal proposal, Author author) {
        Judge judge;
        try {
            judge = Challenge.of(registry, proposal.model(), proposal.version());
        } catch (RegistryException | InvalidValueException | InvalidDocumentException | InvalidModelFileException e) {
            RegistryException.passOutage(e);
            String reason = "cannot be judged again: " + Reason.of(e);
            return new Outcome(new Promotion.Rejected(Decision.rejected(List.of(reason))));
        }
        return propose(proposal.environment(), proposal.model(), proposal.version(), judge, author);
    }

    private static String refusal(Promotion promotion) {
        return promotion instanceof Promotion.Rejected rejected
                ? String.join("; ", rejected.decision().reasons())
                : promotion instanceof Promotion.Held ? "the pin is held" : "the champion already";
    }

    private void end(
            Optional<Forge> forge,
            PinProposal proposal,
            Optional<PullRequest> request,
            String why,
            Consumer<String> tell) {
        request.filter(found -> found.state() == PullRequest.State.OPEN)
                .ifPresent(open -> forge.orElseThrow().close(open, "No longer proposed: " + why));
        registry.withdraw(proposal);
        tell.accept("no longer proposed: %s in %s; %s".formatted(proposal.version(), proposal.environment(), why));
    }
}
