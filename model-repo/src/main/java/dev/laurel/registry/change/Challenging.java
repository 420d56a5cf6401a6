package dev.laurel.registry.change;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Gate;
import dev.laurel.definition.LiveGate;
import dev.laurel.definition.LiveVerdict;
import dev.laurel.git.TreeChanges;
import dev.laurel.model.ChallengerMode;
import dev.laurel.model.ChallengerPin;
import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.program.Reason;
import dev.laurel.registry.history.CommitRevision;
import dev.laurel.registry.layout.Layout;
import dev.laurel.registry.outcome.ChallengeOutcome;
import dev.laurel.registry.outcome.Hold;
import dev.laurel.registry.outcome.Judge;
import dev.laurel.registry.outcome.Judge.Judgement;
import dev.laurel.registry.outcome.LiveJudge;
import dev.laurel.registry.outcome.LiveJudge.LiveJudgement;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.rule.Overlays;
import dev.laurel.registry.rule.VersionCheck;
import dev.laurel.registry.view.Author;
import dev.laurel.schema.Finding;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Moves the pin of one challenger, and nothing else in the same commit. Long since its beginning, its judgement and its ends are told together. */
public final class Challenging {
    private final MainBranch main;
    private final Environment environment;
    private final ModelName model;
    private final Author author;

    public Challenging(MainBranch main, Environment environment, ModelName model, Author author) {
        this.main = main;
        this.environment = environment;
        this.model = model;
        this.author = author;
    }

    /** By a person: verified, not judged. */
    public ChallengeOutcome challenge(Version version, ChallengerMode mode, @Nullable Integer share, String reason) {
        Expect.notBlank("reason", reason);
        ChallengerPin.expectShare(mode, share);
        return main.write(doing("challenging with " + version), () -> {
            CommitRevision head = main.head();
            expectNewer(champion(head), version);
            return pin(head, pin(head, version, mode, share, Pin.By.PERSON, reason, null), reason);
        });
    }

    /** By automation: what passes the gate, while nothing else is tried and nobody took one away. */
    public ChallengeOutcome challenge(Version version, Judge judge) {
        return main.write(doing("challenging with " + version), () -> {
            CommitRevision head = main.head();
            Optional<Hold> hold = head.challengerHold(environment, model).or(() -> head.hold(environment, model));
            if (hold.isPresent()) {
                return Optional.of(new ChallengeOutcome.Held(hold.get()));
            }
            Optional<ChallengerPin> tried = head.challenger(environment, model);
            if (tried.isPresent()) {
                return undecided(tried.get().version() + " is tried already");
            }
            Definition rules = head.definition(model);
            LiveGate live = rules.gate().live();
            if (live == null || rules.gate().mode() == Gate.Mode.MANUAL) {
                return undecided("the gate has no live rules, or is manual");
            }
            Pin champion = champion(head);
            expectNewer(champion, version);
            Judgement judgement = judge.judge(champion, rules);
            if (!judgement.decision().isPassed()) {
                return Optional.of(
                        new ChallengeOutcome.Rejected(judgement.decision().reasons()));
            }
            return pin(
                    head,
                    pin(head, version, live.mode(), live.share(), Pin.By.AUTOMATION, null, judgement.evidence()),
                    String.join("; ", judgement.decision().reasons()));
        });
    }

    /** @throws RegistryException when no version is tried */
    public ChallengeOutcome withdraw(String reason) {
        Expect.notBlank("reason", reason);
        return main.write(doing("withdrawing the challenger"), () -> {
            CommitRevision head = main.head();
            ChallengerPin tried = head.challenger(environment, model)
                    .orElseThrow(
                            () -> new RegistryException("%s in %s: no version is tried, so there is none to withdraw"
                                    .formatted(model, environment)));
            return withdraw(head, tried, List.of(reason));
        });
    }

    /** By automation: promoted, withdrawn or left alone, as live traffic and the rules that stand say. */
    public ChallengeOutcome judge(LiveJudge judge) {
        ChallengeOutcome trial = main.write(doing("judging the challenger"), () -> decide(judge));
        return trial instanceof ChallengeOutcome.Won won
                ? new ChallengeOutcome.Won(
                        won.pin(),
                        won.summary(),
                        won.commit(),
                        end(won.pin().version()).orElse(null))
                : trial;
    }

    private Optional<ChallengeOutcome> decide(LiveJudge judge) throws IOException {
        CommitRevision head = main.head();
        Optional<ChallengerPin> tried = head.challenger(environment, model);
        if (tried.isEmpty()) {
            return undecided("no version is tried");
        }
        ChallengerPin challenger = tried.get();
        Pin champion = champion(head);
        if (champion.version().compareTo(challenger.version()) >= 0) {
            return withdraw(
                    head,
                    challenger,
                    List.of("the champion is %s (expected: older than %s)"
                            .formatted(champion.version(), challenger.version())));
        }
        Gate gate = head.definition(model).gate();
        LiveGate rules = gate.live();
        if (rules == null) {
            return undecided("gate.live: missing (expected: rules for live traffic in the definition)");
        }
        LiveJudgement judgement = judge.judge(champion, challenger, rules);
        if (judgement.verdict() instanceof LiveVerdict.NotYet notYet) {
            return undecided(notYet.reason());
        }
        if (judgement.verdict() instanceof LiveVerdict.Failed failed) {
            return withdraw(head, challenger, failed.reasons());
        }
        String summary = ((LiveVerdict.Passed) judgement.verdict()).summary();
        if (gate.mode() != Gate.Mode.COMMIT) {
            return undecided("%s; a person promotes, since the gate's mode is %s (laurel promote %s %s)"
                    .formatted(summary, gate.mode(), model, challenger.version()));
        }
        Optional<Hold> hold = head.hold(environment, model);
        if (hold.isPresent()) {
            return Optional.of(new ChallengeOutcome.Held(hold.get()));
        }
        Pin pin = new Pin(
                model,
                challenger.version(),
                challenger.digest(),
                challenger.size(),
                challenger.record(),
                champion.version(),
                Pin.By.AUTOMATION,
                null,
                null,
                judgement.evidence());
        expectSound(head, pin, Layout.pin(environment, model));
        CommitMessage message = message("Promote %s %s in %s".formatted(model, pin.version(), environment))
                .line(summary)
                .trailer("Version", pin.version())
                .trailer("Digest", pin.digest())
                .trailer("Record", pin.record())
                .trailer("Beats", pin.beats());
        return main.commit(
                        head, new TreeChanges().put(Layout.pin(environment, model), Yaml.write(pin)), message, author)
                .map(commit -> new ChallengeOutcome.Won(challenger, summary, commit, null));
    }

    /**
     * Takes the pin of a challenger away whose version became champion; the commit, empty where there is nothing to do. Most champions have
     * no challenger beside them, which the commit of the promotion itself tells: then nobody is asked where main is now.
     */
    public Optional<String> end(Promotion.Moved won) {
        try {
            Version champion = won.pin().version();
            boolean tried = main.revision(won.commit())
                    .challenger(environment, model)
                    .filter(pin -> pin.version().equals(champion))
                    .isPresent();
            return tried ? end(champion) : Optional.empty();
        } catch (IOException e) {
            throw new RegistryException("%s: %s".formatted(doing("ending the challenge"), Reason.of(e)), e);
        }
    }

    private Optional<String> end(Version champion) {
        return main.write(doing("ending the challenge"), () -> {
            CommitRevision head = main.head();
            Optional<ChallengerPin> tried = head.challenger(environment, model)
                    .filter(pin -> pin.version().equals(champion));
            boolean won = tried.isPresent()
                    && head.pin(environment, model)
                            .filter(pin -> pin.version().equals(champion))
                            .isPresent();
            if (!won) {
                return Optional.of(Optional.<String>empty());
            }
            Optional<String> commit = remove(head, tried.get(), "it is the champion");
            return commit.isEmpty() ? Optional.empty() : Optional.of(commit);
        });
    }

    private Pin champion(CommitRevision head) {
        return head.pin(environment, model)
                .orElseThrow(() -> new RegistryException(
                        "%s in %s: no champion stands (expected: one to be challenged; `laurel promote` pins one)"
                                .formatted(model, environment)));
    }

    private static void expectNewer(Pin champion, Version version) {
        Expect.that(
                version.compareTo(champion.version()) > 0,
                "version",
                version,
                "newer than the champion " + champion.version());
    }

    private ChallengerPin pin(
            CommitRevision head,
            Version version,
            ChallengerMode mode,
            @Nullable Integer share,
            Pin.By by,
            @Nullable String reason,
            Pin.@Nullable Evidence evidence) {
        VersionRecord record = head.record(model, version);
        return new ChallengerPin(
                model,
                version,
                record.modelFile().digest(),
                record.modelFile().size(),
                head.recordDigest(model, version),
                mode,
                share,
                by,
                reason,
                evidence);
    }

    private Optional<ChallengeOutcome> pin(CommitRevision head, ChallengerPin pin, String line) throws IOException {
        if (head.challenger(environment, model).equals(Optional.of(pin))) {
            return Optional.of(new ChallengeOutcome.Unchanged(pin));
        }
        expectSound(head, pin.asPin(), Layout.challenger(environment, model));
        expectNone(new Overlays(head).problemsOfChallenger(environment, model), pin.version());
        String how = pin.share() == null ? "as a shadow" : "on %s %% of the requests".formatted(pin.share());
        CommitMessage message = message("Challenge %s with %s in %s".formatted(model, pin.version(), environment))
                .line("%s; tried %s".formatted(line, how))
                .trailer("Version", pin.version())
                .trailer("Digest", pin.digest())
                .trailer("Record", pin.record());
        return main.commit(
                        head,
                        new TreeChanges().put(Layout.challenger(environment, model), Yaml.write(pin)),
                        message,
                        author)
                .map(commit -> new ChallengeOutcome.Pinned(pin, commit));
    }

    private Optional<ChallengeOutcome> withdraw(CommitRevision head, ChallengerPin pin, List<String> reasons)
            throws IOException {
        return remove(head, pin, String.join("; ", reasons))
                .map(commit -> new ChallengeOutcome.Withdrawn(pin, reasons, commit));
    }

    private Optional<String> remove(CommitRevision head, ChallengerPin pin, String reason) throws IOException {
        return main.commit(
                head,
                new TreeChanges().put(Layout.challenger(environment, model), new byte[0]),
                message("Withdraw the challenger %s %s from %s".formatted(model, pin.version(), environment))
                        .line(reason),
                author);
    }

    private void expectSound(CommitRevision head, Pin pin, String path) throws IOException {
        head.expectThere(model, pin.version());
        VersionCheck check = main.check(head);
        List<Finding> problems = check.version(model, pin.version());
        expectNone(problems.isEmpty() ? check.pin(path, pin) : problems, pin.version());
    }

    private void expectNone(List<Finding> problems, Version version) {
        if (!problems.isEmpty()) {
            throw new RegistryException("%s of %s is not to be pinned: %s"
                    .formatted(
                            version,
                            model,
                            problems.stream().map(Finding::toString).collect(Collectors.joining("; "))));
        }
    }

    private static Optional<ChallengeOutcome> undecided(String reason) {
        return Optional.of(new ChallengeOutcome.Undecided(reason));
    }

    private CommitMessage message(String subject) {
        return new CommitMessage(subject).trailer("Model", model).trailer("Environment", environment);
    }

    private String doing(String what) {
        return "%s, %s in %s".formatted(what, model, environment);
    }
}
