package dev.laurel.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.git.BareRepository;
import dev.laurel.git.Commit;
import dev.laurel.git.PathChange;
import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.git.lfs.LfsStore;
import dev.laurel.model.Environment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link ProposedChange}: what the branch did since it left main, against what stands on main now. The documents of the head
 * have to be what a push to main has to be. Bytes are not read here, only asked for.
 */
final class ChangeReader {
    private final Commit base;
    private final Commit head;
    private final Commit fork;
    private final CommitRevision before;
    private final CommitRevision after;
    private final LfsStore lfs;
    private final boolean clone;
    private final VersionCheck check;
    private final SortedSet<String> missing = new TreeSet<>();
    private final List<PinMove> moves = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private @Nullable String raised;

    ChangeReader(BareRepository repository, Commit base, Commit head) throws IOException {
        this.base = base;
        this.head = head;
        this.fork = fork(repository, base, head);
        this.before = new CommitRevision(base);
        this.after = new CommitRevision(head);
        this.lfs = repository.lfs();
        this.clone = repository.isClone();
        this.check = new VersionCheck(after, this::note);
    }

    private static Commit fork(BareRepository repository, Commit base, Commit head) throws IOException {
        // Where history ends early, neither the fork nor a hold is to be found.
        if (repository.isShallow()) {
            throw new RegistryException(
                    "history: the clone is shallow (expected: all of it; `fetch-depth: 0` in CI, or `git fetch --unshallow`)");
        }
        List<Commit> forks = repository.mergeBases(base, head);
        if (forks.size() != 1) {
            throw new RegistryException("head: %.10s has %s in common with the base %.10s (expected: one; %s)"
                    .formatted(
                            head.id(),
                            forks.isEmpty() ? "no commit" : forks.size() + " newest commits",
                            base.id(),
                            forks.isEmpty() ? "branch off from main" : "rebase it onto the base"));
        }
        return forks.get(0);
    }

    /** The files whose bytes are not here and are needed to judge the change and to verify what it brings. */
    SortedSet<String> missing() throws IOException {
        changes();
        new PushRules(this::note).problemsOfBranch(fork, head);
        return missing;
    }

    private void changes() throws IOException {
        for (PathChange change : head.changesSince(fork)) {
            String[] names = change.path().split("/", -1);
            if (names[0].equals(Layout.ENVIRONMENTS) && names.length == 4 && names[3].equals(Layout.PIN)) {
                pin(names);
            } else {
                others.add(change.path());
            }
        }
    }

    ProposedChange read() throws IOException {
        changes();
        if (clone && !missing.isEmpty()) {
            throw new RegistryException(
                    "bytes of %s files are missing in this clone (`git lfs pull --include '%s' --exclude ''` fetches them)"
                            .formatted(missing.size(), String.join(",", missing)));
        }
        List<String> problems = new ArrayList<>(new PushRules((file, pointer) -> {}).problemsOfBranch(fork, head));
        if (raised != null && !others.isEmpty()) {
            problems.add("%s: promoted together with %s (expected: pins alone; %s)"
                    .formatted(
                            raised,
                            others.size() == 1 ? "another file" : others.size() + " other files",
                            "what else is to change needs a change of its own"));
        }
        return new ProposedChange(before, after, moves, problems, others);
    }

    private void pin(String[] names) throws IOException {
        Environment environment;
        ModelName model;
        Pin pin;
        try {
            environment = new Environment(names[1]);
            model = new ModelName(names[2]);
            pin = after.pin(environment, model).orElse(null);
        } catch (InvalidValueException | InvalidDocumentException toldByTheRulesOfAPush) {
            others.add(String.join("/", names));
            return;
        }
        // The pin at the base is our own: where it cannot be read, nothing can be judged.
        Pin champion = before.pin(environment, model).orElse(null);
        if (!Objects.equals(champion, pin)) {
            moves.add(move(environment, model, champion, pin));
        }
    }

    private PinMove move(Environment environment, ModelName model, @Nullable Pin champion, @Nullable Pin pin)
            throws IOException {
        List<String> problems = new ArrayList<>();
        if (!text(before, environment, model).equals(text(new CommitRevision(fork), environment, model))) {
            problems.add(
                    "the champion has changed since the branch left main (expected: a branch from where main is now)");
        }
        if (pin == null) {
            return new PinMove(environment, model, champion, null, false, problems);
        }
        check.version(pin.model(), pin.version()).forEach(problem -> problems.add(problem.toString()));
        if (new CommitRevision(fork).has(model, pin.version()) && !before.has(model, pin.version())) {
            problems.add("version: %s (expected: one that is in the tree; the base has taken it out)"
                    .formatted(pin.version()));
        }
        PinChange change = PinChange.of(head, champion, pin);
        if (change.direction() == PinChange.Direction.RAISED) {
            raised = Layout.pin(environment, model);
        }
        boolean stood = stoodBefore(environment, model, pin, true);
        if (!stood) {
            problems.addAll(new PinRules(before, after, environment, model).problems(change));
        }
        if (champion != null) {
            new VersionCheck(before, this::note).pin(Layout.pin(environment, model), champion);
        }
        boolean earlier = stood || (pin.by() == Pin.By.PERSON && stoodBefore(environment, model, pin, false));
        return new PinMove(environment, model, champion, pin, earlier, problems);
    }

    private static Optional<String> text(CommitRevision revision, Environment environment, ModelName model) {
        return revision.file(Layout.pin(environment, model)).map(bytes -> new String(bytes, UTF_8));
    }

    /** A clone has only the bytes that somebody asked for. */
    private void note(String file, LfsPointer pointer) throws IOException {
        if (lfs.size(pointer.digest()) < 0) {
            missing.add(file);
        }
    }

    /** @param whole whether the very pin stood before, or its version at least */
    private boolean stoodBefore(Environment environment, ModelName model, Pin pin, boolean whole) throws IOException {
        PinHistory history = new PinHistory(base, environment, model);
        for (Optional<PinChange> change = history.next(); change.isPresent(); change = history.next()) {
            Pin earlier = change.get().after();
            if (earlier != null && (whole ? earlier.equals(pin) : earlier.namesSameVersionAs(pin))) {
                return true;
            }
        }
        return false;
    }
}
