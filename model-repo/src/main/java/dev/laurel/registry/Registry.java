package dev.laurel.registry;

import dev.laurel.git.BareRepository;
import dev.laurel.git.Commit;
import dev.laurel.git.collect.Garbage;
import dev.laurel.git.collect.GarbageCollector;
import dev.laurel.git.disk.Watch;
import dev.laurel.git.host.Access;
import dev.laurel.git.host.Location;
import dev.laurel.git.lfs.LfsObjectException;
import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.git.mirror.Mirror;
import dev.laurel.model.ChallengerMode;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.program.Reason;
import dev.laurel.registry.change.Challenging;
import dev.laurel.registry.change.Defining;
import dev.laurel.registry.change.DriftKeeping;
import dev.laurel.registry.change.Founding;
import dev.laurel.registry.change.LayingDown;
import dev.laurel.registry.change.MainBranch;
import dev.laurel.registry.change.Pinning;
import dev.laurel.registry.change.Proposing;
import dev.laurel.registry.change.Registrar;
import dev.laurel.registry.change.Upgrading;
import dev.laurel.registry.history.CommitRevision;
import dev.laurel.registry.layout.Layout;
import dev.laurel.registry.outcome.Beginning;
import dev.laurel.registry.outcome.ChallengeOutcome;
import dev.laurel.registry.outcome.Draft;
import dev.laurel.registry.outcome.ForgeAddress;
import dev.laurel.registry.outcome.Judge;
import dev.laurel.registry.outcome.KeptDrift;
import dev.laurel.registry.outcome.LiveJudge;
import dev.laurel.registry.outcome.PinProposal;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.outcome.Registration;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.outcome.Upgrade;
import dev.laurel.registry.outcome.Verification;
import dev.laurel.registry.rule.ChangeReader;
import dev.laurel.registry.rule.Verifier;
import dev.laurel.registry.sign.Format;
import dev.laurel.registry.sign.Signer;
import dev.laurel.registry.sign.Signers;
import dev.laurel.registry.view.Author;
import dev.laurel.registry.view.Event;
import dev.laurel.registry.view.FileChanges;
import dev.laurel.registry.view.ProposedChange;
import dev.laurel.registry.view.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A models repository: what is registered, what is pinned, and the operations that change it. Safe for many threads and processes. Long
 * since every operation has its words here; what it does stands in a class of its own.
 */
public final class Registry implements AutoCloseable {
    private final BareRepository repository;
    private final MainBranch main;

    private Registry(BareRepository repository) {
        this.repository = repository;
        this.main = new MainBranch(repository);
    }

    /**
     * Lays down a models repository in an empty or missing folder, where it appears whole or not at all; or in an empty bare repository.
     *
     * @throws RegistryException when the folder is not empty or cannot be written
     */
    public static Registry create(Path bare, Beginning beginning, Author author) {
        return open(new Founding(beginning, author).in(bare));
    }

    /** Lays down a models repository of nothing but definitions. */
    public static Registry create(Path bare, SortedMap<ModelName, byte[]> definitions, Author author) {
        return create(bare, Beginning.with(definitions), author);
    }

    /** Lays down a models repository in a folder, or in a repository on a Git host that has no commit on main yet. */
    public static Registry create(Location where, Access access, Beginning beginning, Author author) {
        if (where instanceof Location.Folder folder) {
            return create(folder.path(), beginning, author);
        }
        new Founding(beginning, author).on((Location.Remote) where, access);
        return open(where, access);
    }

    /**
     * Opens a bare models repository; or a clone of one, to read from it only.
     *
     * @throws RegistryException when there is no models repository of a known format there
     */
    public static Registry open(Path where) {
        return open(new Location.Folder(where), Access.of(Map.of()));
    }

    /**
     * Opens a models repository, on this machine or on a Git host. Of one on a host nothing is fetched but what is read; what was read
     * stays in the cache.
     *
     * @throws RegistryException when there is no models repository of a known format there, or it cannot be reached
     */
    public static Registry open(Location where, Access access) {
        BareRepository repository = null;
        try {
            repository = repository(where, access);
            Optional<Commit> head = repository.main();
            if (head.isEmpty() || Format.of(head.get()).isEmpty()) {
                throw new RegistryException("%s: a Git repository, but not a models repository: no %s on main (%s)"
                        .formatted(
                                where,
                                Layout.FORMAT,
                                where instanceof Location.Folder
                                        ? "choose another folder"
                                        : head.isEmpty() ? "lay it down with `laurel init`" : "choose another"));
            }
            EarlierFormat.refuse(where, head.get());
            Registry registry = new Registry(repository);
            repository = null;
            return registry;
        } catch (IOException e) {
            String problem = Reason.of(e);
            String prefix = problem.startsWith(where + ": ") ? "" : where + ": cannot be read: ";
            throw new RegistryException(prefix + problem, e);
        } finally {
            if (repository != null) {
                repository.close();
            }
        }
    }

    private static BareRepository repository(Location where, Access access) throws IOException {
        if (where instanceof Location.Remote remote) {
            return Mirror.open(remote, access);
        }
        Path folder = ((Location.Folder) where).path().toAbsolutePath().normalize();
        return BareRepository.open(folder)
                .orElseThrow(() -> new RegistryException(folder
                        + ": not a Git repository (expected: a models repository; make one with `laurel init`)"));
    }

    /** The registry at the newest commit of main. */
    public Revision head() {
        try {
            return main.head();
        } catch (IOException e) {
            throw new RegistryException("main cannot be read: " + Reason.of(e), e);
        }
    }

    /**
     * The registry at a commit.
     *
     * @param commit its id, the begin of its id when there is only one, or another name of Git's such as {@code main~3}
     * @throws RegistryException when there is no such commit, or it is not one of a models repository
     */
    public Revision at(String commit) {
        try {
            Commit found = repository
                    .find(commit)
                    .orElseThrow(() -> new RegistryException(
                            "commit: %s (expected: one of the models repository, by its id or another name of Git's)"
                                    .formatted(commit)));
            if (Format.of(found).isEmpty()) {
                throw new RegistryException("commit: %s (expected: one of a models repository; it has no %s)"
                        .formatted(commit, Layout.FORMAT));
            }
            return new CommitRevision(found);
        } catch (IOException e) {
            throw new RegistryException("commit %s cannot be read: %s".formatted(commit, Reason.of(e)), e);
        }
    }

    /**
     * The registry as main had it at some time: the newest first-parent commit of which neither it nor one before it was committed later. So
     * an answer about the past stays the same, whatever the clocks of those say who commit after it.
     *
     * @throws RegistryException when main had no commit yet
     */
    public Revision at(Instant time) {
        try {
            return new CommitRevision(repository
                    .main(time)
                    .orElseThrow(() -> new RegistryException(
                            "time: %s (expected: one after main's first commit)".formatted(time))));
        } catch (IOException e) {
            throw new RegistryException("main cannot be read: " + Reason.of(e), e);
        }
    }

    /**
     * The files that differ between two commits, whatever lies between them.
     *
     * @throws RegistryException when one of them is not here, or they differ in more files than can be told
     */
    public FileChanges changes(String before, String after) {
        try {
            return FileChanges.of(repository.at(after).changesSince(repository.at(before)));
        } catch (IOException e) {
            throw new RegistryException("changes from %s to %s: %s".formatted(before, after, Reason.of(e)), e);
        }
    }

    /** Who signed a commit, by the name that its first parent has for that key; empty where it names nobody, or another one signed. */
    public Optional<String> signer(String commit) {
        try {
            Commit signed = repository.at(commit);
            Optional<Commit> parent = signed.firstParent();
            return parent.isEmpty()
                    ? Optional.empty()
                    : Signers.namedIn(parent.get()).signerOf(signed).map(Signer::name);
        } catch (IOException e) {
            throw new RegistryException("commit %s cannot be read: %s".formatted(commit, Reason.of(e)), e);
        }
    }

    /** Puts the definition of a new model on main; the commit. @throws dev.laurel.model.InvalidValueException when there is such a model already */
    public String define(ModelName model, byte[] definition, Author author) {
        return new Defining(main).define(model, definition, author);
    }

    /**
     * Keeps a drift report of a version in the folder of its model, in one commit.
     *
     * @param files by name, with {@code report.yaml} among them
     * @param summary a line for the commit's message
     */
    public KeptDrift keepDrift(
            ModelName model, Version version, SortedMap<String, byte[]> files, String summary, Author author) {
        return new DriftKeeping(main).keep(model, version, files, summary, author);
    }

    /**
     * Keeps a drift report as {@link #keepDrift} does, and in the same commit holds the pin of that version: automation leaves it alone
     * until a person moves or releases it.
     *
     * @throws RegistryException when the pin names another version by now
     */
    public KeptDrift holdForDrift(
            Environment environment,
            ModelName model,
            Version version,
            SortedMap<String, byte[]> files,
            String summary,
            Author author) {
        return new DriftKeeping(main).hold(environment, model, version, files, summary, author);
    }

    /** Makes a candidate the next version of its model, in one commit. */
    public Registration register(Draft draft, Author author) {
        return new Registrar(main).register(draft, author);
    }

    /**
     * Promotion by automation: held pins are left alone, else the judge decides, by the definition that stands. It is asked again when
     * another champion or another definition came in between.
     */
    public Promotion promote(Environment environment, ModelName model, Version version, Judge judge, Author author) {
        return promoted(
                environment, model, author, new Pinning(main, environment, model, author).promote(version, judge));
    }

    /** Promotion by a person: the version is verified, not judged. Also moves back to an older version. */
    public Promotion promote(Environment environment, ModelName model, Version version, String reason, Author author) {
        return promoted(
                environment, model, author, new Pinning(main, environment, model, author).promote(version, reason));
    }

    /**
     * Promotion by a person of what is the champion of another environment, with the evidence that it rests on there. The version is
     * verified, not judged.
     *
     * @throws RegistryException when no version is pinned there
     */
    public Promotion promote(Environment environment, ModelName model, Environment from, String reason, Author author) {
        return promoted(
                environment, model, author, new Pinning(main, environment, model, author).promote(from, reason));
    }

    /** A version that became champion is no challenger any more, which the server knows by itself; the commit after it says so too. */
    private Promotion promoted(Environment environment, ModelName model, Author author, Promotion promotion) {
        if (promotion instanceof Promotion.Moved moved) {
            new Challenging(main, environment, model, author).end(moved);
        }
        return promotion;
    }

    /**
     * Like the promotion by automation, but on a branch of its own that a person merges. A newer version takes the place of an older
     * one; what is proposed already and still right stays as it is.
     *
     * @return never {@link Promotion.Moved}
     */
    public Promotion propose(Environment environment, ModelName model, Version version, Judge judge, Author author) {
        return new Proposing(main, environment, model).propose(version, judge, author);
    }

    /** Like the promotion by a person, but on a branch of its own that takes the place of all other proposals for that pin. */
    public Promotion propose(Environment environment, ModelName model, Version version, String reason, Author author) {
        return new Proposing(main, environment, model).propose(version, reason, author);
    }

    /** Like the promotion from another environment, but on a branch of its own. */
    public Promotion propose(Environment environment, ModelName model, Environment from, String reason, Author author) {
        return new Proposing(main, environment, model).propose(from, reason, author);
    }

    /** What is proposed for a pin, newest version first; also what was merged meanwhile and whose branch nobody deleted. */
    public List<PinProposal> proposals(Environment environment, ModelName model) {
        return new Proposing(main, environment, model).proposals();
    }

    /** All that is proposed, by environment and model, newest version first. */
    public List<PinProposal> proposals() {
        return Proposing.all(main);
    }

    /** Has the reports at hand with which versions were registered: in a few requests where the repository is on a Git host. */
    public void expectReports(ModelName model, Collection<Event.Registered> registrations) {
        try {
            Map<Commit, List<String>> reports = new LinkedHashMap<>();
            for (Event.Registered registered : registrations) {
                reports.put(
                        repository.at(registered.origin().commit()),
                        List.of(Layout.report(model, registered.version())));
            }
            repository.expectFiles(reports);
        } catch (IOException e) {
            throw new RegistryException("reports of %s cannot be read: %s".formatted(model, Reason.of(e)), e);
        }
    }

    /** Deletes the branch of a proposal. @return false when it is another one meanwhile, and still there */
    public boolean withdraw(PinProposal proposal) {
        return new Proposing(main, proposal.environment(), proposal.model()).withdraw(proposal);
    }

    /** The Git host that {@code laurel.yaml} names. */
    public Optional<ForgeAddress> forge() {
        try {
            return Format.of(main.head().at()).map(Format::forge);
        } catch (IOException e) {
            throw new RegistryException("main cannot be read: " + Reason.of(e), e);
        }
    }

    /**
     * Back to {@code to}, or to the champion before this one; removes the pin when there was none before. An earlier champion gets its
     * very pin back.
     */
    public Promotion rollBack(
            Environment environment, ModelName model, @Nullable Version to, String reason, Author author) {
        return new Pinning(main, environment, model, author).rollBack(to, reason);
    }

    /**
     * Rollback by automation, since this champion fails on live traffic: to the champion before, whose very pin comes back; a held pin is
     * left alone, and the first champion of all stays. The pin is held from then on.
     *
     * @throws RegistryException when another champion stands by now
     */
    public Promotion rollBackFailing(
            Environment environment, ModelName model, Pin failing, String reason, Author author) {
        return new Pinning(main, environment, model, author).rollBack(failing, reason);
    }

    /**
     * Pins a version beside the champion, by a person: it is verified, not judged.
     *
     * @param share of the requests in percent, of a canary only
     * @throws dev.laurel.model.InvalidValueException when it is not newer than the champion
     */
    public ChallengeOutcome challenge(
            Environment environment,
            ModelName model,
            Version version,
            ChallengerMode mode,
            @Nullable Integer share,
            String reason,
            Author author) {
        return new Challenging(main, environment, model, author).challenge(version, mode, share, reason);
    }

    /** The same by automation: a version that the judge lets pass, as the live rules of the definition say. */
    public ChallengeOutcome challenge(
            Environment environment, ModelName model, Version version, Judge judge, Author author) {
        return new Challenging(main, environment, model, author).challenge(version, judge);
    }

    /** Takes the challenger away. @throws RegistryException when there is none */
    public ChallengeOutcome withdrawChallenger(Environment environment, ModelName model, String reason, Author author) {
        return new Challenging(main, environment, model, author).withdraw(reason);
    }

    /** Promotes the challenger with what was measured on live traffic as its evidence, takes it away, or leaves it alone. */
    public ChallengeOutcome judgeLive(Environment environment, ModelName model, LiveJudge judge, Author author) {
        return new Challenging(main, environment, model, author).judge(judge);
    }

    /** Ends the hold on a pin; the commit. @throws RegistryException when it is not held */
    public String release(Environment environment, ModelName model, Author author) {
        return new Pinning(main, environment, model, author).release();
    }

    /** Where the pods of the environments that stand find this repository; a new one's most likely find it there too. */
    public Optional<String> addressInCluster() {
        try {
            return LayingDown.address(main.head());
        } catch (IOException e) {
            throw new RegistryException("main cannot be read: " + Reason.of(e), e);
        }
    }

    /** What {@link #upgrade} would do. */
    public Upgrade upgradable(SortedMap<String, byte[]> missing) {
        try {
            return new Upgrading(main, missing).plan();
        } catch (IOException e) {
            throw new RegistryException("main cannot be read: " + Reason.of(e), e);
        }
    }

    /**
     * Brings what is Laurel's own to this Laurel: base/ as a whole, workflows and the schema where they stand, and overlays where a
     * model has none. Commits them alone.
     *
     * @param missing further files, each laid down where there is none, such as the server of a new environment
     * @param laurel its version, for the commit's subject
     */
    public Upgrade upgrade(SortedMap<String, byte[]> missing, String laurel, Author author) {
        return new Upgrading(main, missing).commit(laurel, author);
    }

    /** Like {@link #upgrade}, but on a branch {@code upgrade/<version>} that a person merges. */
    public Upgrade proposeUpgrade(SortedMap<String, byte[]> missing, String laurel, Author author) {
        return new Upgrading(main, missing).propose(laurel, author);
    }

    /** The bytes of a model file or of kept rows, verified. @throws RegistryException when missing, or not of that digest and size */
    public byte[] fetch(Digest digest, long size) {
        try {
            return repository.lfs().read(new LfsPointer(digest, size));
        } catch (LfsObjectException e) {
            throw new RegistryException(
                    "%s (put them back with `git lfs push --object-id <remote> %s` from a clone that has them)"
                            .formatted(e.getMessage(), digest.hex()),
                    e);
        } catch (IOException e) {
            throw new RegistryException("bytes of %s: %s".formatted(digest, Reason.of(e)), e);
        }
    }

    /**
     * Verifies the history of the registry and all that stands in it, from what is on this disk.
     *
     * @param revision the newest commit to look at, in any of Git's words for it; main where it is null
     * @param since the commit to begin after; the whole history where it is null
     * @throws RegistryException when there is no such commit, or the history cannot be read
     */
    public Verification verify(@Nullable String revision, @Nullable String since, Verification.Progress progress) {
        return verify(revision, since, true, progress);
    }

    /** @param signed false for a merge that nobody has made, and so signed, yet */
    public Verification verify(
            @Nullable String revision, @Nullable String since, boolean signed, Verification.Progress progress) {
        try {
            Commit end = revision == null ? main.head().at() : find("revision", revision);
            return new Verifier(repository, signed, progress).verify(end, since == null ? null : find("since", since));
        } catch (IOException e) {
            throw new RegistryException("history cannot be read: " + Reason.of(e) + " (try `git fsck`)", e);
        }
    }

    /**
     * What a branch would change on main.
     *
     * @param base the commit that it is to be merged into, {@code head} its newest one; each in any of Git's words for it
     * @throws RegistryException when there is no such commit, the two have no history in common, or it is not all here
     */
    public ProposedChange proposed(String base, String head) {
        try {
            return change(base, head).read();
        } catch (IOException e) {
            throw new RegistryException("history cannot be read: " + Reason.of(e) + " (try `git fsck`)", e);
        }
    }

    /** The files whose bytes are not here and are needed to judge and to verify what {@link #proposed} tells of. */
    public SortedSet<String> missingBytes(String base, String head) {
        try {
            return change(base, head).missing();
        } catch (IOException e) {
            throw new RegistryException("history cannot be read: " + Reason.of(e) + " (try `git fsck`)", e);
        }
    }

    private ChangeReader change(String base, String head) throws IOException {
        Commit onto = find("base", base);
        if (Format.of(onto).isEmpty()) {
            throw new RegistryException("base: %s (expected: a commit of a models repository; it has no %s)"
                    .formatted(base, Layout.FORMAT));
        }
        return new ChangeReader(repository, onto, find("head", head));
    }

    /**
     * Packs the repository and removes the bytes of model files and rows that no branch or tag needs, nor needed within the grace. Safe
     * beside writers and readers; history stays whole.
     *
     * @param grace longer than any writer takes from its upload to its commit
     * @param dryRun only looks
     * @throws RegistryException when this is a clone or not on this disk, or another process is at it
     */
    public Garbage collectGarbage(Duration grace, boolean dryRun, Watch watch) {
        try {
            return new GarbageCollector(repository, grace, dryRun, watch).collect();
        } catch (IOException e) {
            throw new RegistryException("collecting garbage: " + Reason.of(e), e);
        }
    }

    /** About how many objects of Git lie in files of their own; each one makes reading a little slower until they are packed. */
    public long looseObjects() {
        return repository.looseObjects();
    }

    private Commit find(String thing, String revision) throws IOException {
        return repository
                .find(revision)
                .orElseThrow(
                        () -> new RegistryException("%s: %s (expected: a branch, a tag or a commit of this repository)"
                                .formatted(thing, revision)));
    }

    /** Whether this is the mirror of a repository on a Git host, which is not to be served itself. */
    public boolean isMirror() {
        return repository.isMirror();
    }

    BareRepository repository() {
        return repository;
    }

    @Override
    public void close() {
        repository.close();
    }
}
