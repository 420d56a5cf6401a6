package dev.laurel.registry.change;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Gate;
import dev.laurel.git.TreeChanges;
import dev.laurel.model.Decision;
import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.registry.history.CommitRevision;
import dev.laurel.registry.history.PinHistory;
import dev.laurel.registry.history.Release;
import dev.laurel.registry.layout.Layout;
import dev.laurel.registry.outcome.Hold;
import dev.laurel.registry.outcome.Judge;
import dev.laurel.registry.outcome.Judge.Judgement;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.rule.Overlays;
import dev.laurel.registry.rule.VersionCheck;
import dev.laurel.registry.view.Author;
import dev.laurel.registry.view.PinChange;
import dev.laurel.schema.Finding;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Moves one pin, and nothing else in the same commit. Long since promotions, rollbacks and what has to stand before each are told together. */
public final class Pinning {
    private final MainBranch main;
    private final Environment environment;
    private final ModelName model;
    private final Author author;
    private final PinTarget target;
    private @Nullable String laidDown;

    public Pinning(MainBranch main, Environment environment, ModelName model, Author author) {
        this(main, environment, model, author, new PinTarget.OnMain(main, author));
    }

    /** @param target where the commit goes that moves the pin to a version */
    Pinning(MainBranch main, Environment environment, ModelName model, Author author, PinTarget target) {
        this.main = main;
        this.environment = environment;
        this.model = model;
        this.author = author;
        this.target = target;
    }

    public Promotion promote(Version version, Judge judge) {
        Judged judged = new Judged(judge);
        return main.write(doing("promoting " + version), () -> {
            CommitRevision head = main.head();
            Optional<Hold> hold = head.hold(environment, model);
            if (hold.isPresent()) {
                return Optional.of(new Promotion.Held(hold.get()));
            }
            Pin champion = head.pin(environment, model).orElse(null);
            VersionRecord record = head.record(model, version);
            if (champion != null && champion.version().equals(version)) {
                return Optional.of(new Promotion.Unchanged(champion));
            }
            if (champion != null && version.compareTo(champion.version()) < 0) {
                return rejected("version: %s (expected: newer than the champion %s; only a person moves a pin back)"
                        .formatted(version, champion.version()));
            }
            // Those of the commit before the promotion, by which verify judges it too.
            Definition rules = head.definition(model);
            if (rules.gate().mode() == Gate.Mode.MANUAL) {
                return rejected("gate: mode: manual (expected: commit or pull-request; only a person promotes)");
            }
            Judgement judgement = judged.against(champion, rules);
            if (!judgement.decision().isPassed()) {
                return Optional.of(new Promotion.Rejected(judgement.decision()));
            }
            Pin pin = pin(head, record, champion, Pin.By.AUTOMATION, null, judgement.evidence());
            return raise(head, pin, String.join("; ", judgement.decision().reasons()));
        });
    }

    private static Optional<Promotion> rejected(String reason) {
        return Optional.of(new Promotion.Rejected(Decision.rejected(List.of(reason))));
    }

    public Promotion promote(Version version, String reason) {
        return main.write(doing("promoting " + version), () -> {
            CommitRevision head = main.head();
            Pin champion = head.pin(environment, model).orElse(null);
            VersionRecord record = head.record(model, version);
            if (champion != null && champion.version().equals(version)) {
                return Optional.of(new Promotion.Unchanged(champion));
            }
            return raise(head, pin(head, record, champion, Pin.By.PERSON, reason, null), reason);
        });
    }

    public Promotion promote(Environment from, String reason) {
        return main.write(doing("promoting from " + from), () -> {
            CommitRevision head = main.head();
            Pin proven = head.pin(from, model)
                    .orElseThrow(() ->
                            new RegistryException("%s in %s: no version is pinned, so there is none to promote to %s"
                                    .formatted(model, from, environment)));
            Pin champion = head.pin(environment, model).orElse(null);
            if (champion != null && champion.version().equals(proven.version())) {
                return Optional.of(new Promotion.Unchanged(champion));
            }
            // The evidence is of the very version that is pinned there, so it must be the version that is pinned here.
            expectNone(main.check(head).pin(Layout.pin(from, model), proven), proven.version());
            VersionRecord record = head.record(model, proven.version());
            Pin pin = pin(head, record, champion, Pin.By.PERSON, reason, proven.evidence());
            return raise(head, pin, "%s (the champion of %s)".formatted(reason, from));
        });
    }

    public Promotion rollBack(@Nullable Version to, String reason) {
        return rollBack(to, reason, null, true);
    }

    /** By automation: never to nothing, and never from another champion than the one that was found wanting. */
    public Promotion rollBack(Pin wanting, String reason) {
        return rollBack(null, reason, wanting, false);
    }

    private Promotion rollBack(@Nullable Version to, String reason, @Nullable Pin expected, boolean person) {
        Expect.notBlank("reason", reason);
        AtomicReference<Pin> seen = new AtomicReference<>(expected);
        return main.write(doing("rolling back"), () -> {
            CommitRevision head = main.head();
            Pin champion = head.pin(environment, model)
                    .orElseThrow(
                            () -> new RegistryException("%s in %s: no version is pinned, so there is none to roll back"
                                    .formatted(model, environment)));
            // Whoever rolls back means the champion that stood then; after another one the step back is another one
            // too.
            if (!seen.compareAndSet(null, champion) && !champion.equals(seen.get())) {
                throw new RegistryException("%s in %s: the champion became %s meanwhile (look again, then roll back)"
                        .formatted(model, environment, champion.version()));
            }
            if (to != null && to.equals(champion.version())) {
                return Optional.of(new Promotion.Unchanged(champion));
            }
            Optional<Hold> hold = person ? Optional.empty() : head.hold(environment, model);
            if (hold.isPresent()) {
                return Optional.of(new Promotion.Held(hold.get()));
            }
            if (to != null && to.compareTo(champion.version()) > 0) {
                throw new RegistryException("version: %s (expected: older than the champion %s; promote it instead)"
                        .formatted(to, champion.version()));
            }
            Optional<Earlier> earlier = to == null ? before(head, champion) : earlier(head, to);
            if (earlier.isPresent()) {
                return lower(head, earlier.get().pin, earlier.get().text, reason);
            }
            if (to == null && !person) {
                return Optional.of(new Promotion.Rejected(Decision.rejected(
                        List.of("no champion stood before %s (expected: one to go back to; only a person withdraws)"
                                .formatted(champion.version())))));
            }
            if (to == null) {
                expectNothingAbove(champion);
                return withdraw(head, champion, reason);
            }
            Pin pin = pin(head, head.record(model, to), champion, Pin.By.PERSON, reason, null);
            return lower(head, pin, Yaml.write(pin), reason);
        });
    }

    public String release() {
        return main.write(doing("releasing"), () -> {
            CommitRevision head = main.head();
            Hold hold = head.hold(environment, model)
                    .orElseThrow(() -> new RegistryException(
                            "%s in %s: not held, so there is no hold to end".formatted(model, environment)));
            TreeChanges changes = new TreeChanges()
                    .put(Layout.release(environment, model), Yaml.write(new Release(model, hold.commit())));
            CommitMessage message = message("Release %s in %s".formatted(model, environment))
                    .line("Automation may promote again; the hold came from %s.".formatted(hold.commit()));
            return main.commit(head, changes, message, author);
        });
    }

    /** Whoever promoted an older version and rolls back hardly means that nothing is to answer. */
    private void expectNothingAbove(Pin champion) {
        Version above = champion.beats();
        if (above != null && above.compareTo(champion.version()) > 0) {
            throw new RegistryException(
                    ("%s in %s: no champion stood before %s, which took the place of %s (expected: one to go back"
                                    + " to; `laurel promote %s %s` brings that one back)")
                            .formatted(model, environment, champion.version(), above, model, above));
        }
    }

    private Optional<Earlier> before(CommitRevision head, Pin champion) throws IOException {
        Optional<Pin> before = new PinHistory(head.at(), environment, model).below(champion.version());
        return before.isEmpty() ? Optional.empty() : earlier(head, before.get().version());
    }

    /** The pin as it last named that version, in the very bytes that it had; empty when it never did. */
    private Optional<Earlier> earlier(CommitRevision head, Version version) throws IOException {
        PinHistory history = new PinHistory(head.at(), environment, model);
        for (Optional<PinChange> change = history.next(); change.isPresent(); change = history.next()) {
            Pin pin = change.get().after();
            if (pin != null && pin.version().equals(version)) {
                return main.revision(change.get().commit())
                        .file(Layout.pin(environment, model))
                        .map(text -> new Earlier(pin, text));
            }
        }
        return Optional.empty();
    }

    private Pin pin(
            CommitRevision head,
            VersionRecord record,
            @Nullable Pin champion,
            Pin.By by,
            @Nullable String reason,
            Pin.@Nullable Evidence evidence) {
        Content file = record.modelFile();
        return new Pin(
                model,
                record.version(),
                file.digest(),
                file.size(),
                head.recordDigest(model, record.version()),
                champion == null ? null : champion.version(),
                by,
                reason,
                evidence);
    }

    private Optional<Promotion> raise(CommitRevision head, Pin pin, String line) throws IOException {
        Optional<CommitRevision> ready = ready(head, pin);
        return ready.isEmpty()
                ? Optional.empty()
                : move(
                        ready.get(),
                        pin,
                        Yaml.write(pin),
                        "Promote %s %s in %s".formatted(model, pin.version(), environment),
                        line);
    }

    /** Where nothing would run nothing is pinned. A rollback is not asked this: it has to go on whatever became of the overlay. */
    private Optional<CommitRevision> ready(CommitRevision head, Pin pin) throws IOException {
        List<Finding> findings = new Overlays(head).findings(environment, model);
        if (findings.isEmpty()) {
            return Optional.of(head);
        }
        if (new Overlays(head).has(environment, model)) {
            expectNone(findings, pin.version());
        }
        // What keeps the version from being pinned at all comes first, so that nothing is laid down for it.
        expectSound(head, pin);
        Optional<CommitRevision> ready = target.layDown(new LayingDown(head, environment, model), findings);
        if (ready.isPresent()) {
            laidDown = ready.get().commit();
            expectNone(new Overlays(ready.get()).findings(environment, model), pin.version());
        }
        return ready;
    }

    private Optional<Promotion> lower(CommitRevision head, Pin pin, byte[] text, String reason) throws IOException {
        return move(head, pin, text, "Roll back %s to %s in %s".formatted(model, pin.version(), environment), reason);
    }

    private Optional<Promotion> move(CommitRevision head, Pin pin, byte[] text, String subject, String line)
            throws IOException {
        expectSound(head, pin);
        CommitMessage message = message(subject)
                .line(line)
                .trailer("Version", pin.version())
                .trailer("Digest", pin.digest())
                .trailer("Record", pin.record())
                .trailer("Beats", pin.beats());
        return target.commit(head, pin, new TreeChanges().put(Layout.pin(environment, model), text), message)
                .map(commit -> new Promotion.Moved(pin, commit, laidDown));
    }

    private void expectSound(CommitRevision head, Pin pin) throws IOException {
        head.expectThere(model, pin.version());
        VersionCheck check = main.check(head);
        List<Finding> findings = check.version(model, pin.version());
        if (findings.isEmpty()) {
            findings = check.pin(Layout.pin(environment, model), pin);
        }
        expectNone(findings, pin.version());
    }

    private void expectNone(List<Finding> findings, Version version) {
        if (!findings.isEmpty()) {
            throw new RegistryException("%s of %s is not to be pinned: %s"
                    .formatted(
                            version,
                            model,
                            findings.stream().map(Finding::toString).collect(Collectors.joining("; "))));
        }
    }

    private Optional<Promotion> withdraw(CommitRevision head, Pin champion, String reason) throws IOException {
        return main.commit(
                        head,
                        new TreeChanges().remove(Layout.pin(environment, model)),
                        message("Withdraw %s from %s".formatted(model, environment))
                                .line(reason),
                        author)
                .map(commit -> new Promotion.Withdrawn(champion, commit));
    }

    private CommitMessage message(String subject) {
        return new CommitMessage(subject).trailer("Model", model).trailer("Environment", environment);
    }

    private String doing(String what) {
        return "%s, %s in %s".formatted(what, model, environment);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Earlier(Pin pin, byte[] text) {}

    /** Asks the judge again when another champion or other rules came in between, not when something else did. */
    private static final class Judged {
        private final Judge judge;
        private @Nullable Pin champion;
        private @Nullable Definition rules;
        private @Nullable Judgement judgement;

        Judged(Judge judge) {
            this.judge = judge;
        }

        Judgement against(@Nullable Pin standing, Definition standingRules) {
            Judgement known = judgement;
            if (known == null || !Objects.equals(champion, standing) || !standingRules.equals(rules)) {
                known = judge.judge(standing, standingRules);
                champion = standing;
                rules = standingRules;
                judgement = known;
            }
            return known;
        }
    }
}
