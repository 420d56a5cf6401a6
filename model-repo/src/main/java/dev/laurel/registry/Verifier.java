package dev.laurel.registry;

import dev.laurel.git.BareRepository;
import dev.laurel.git.Commit;
import dev.laurel.git.PathChange;
import dev.laurel.git.RefusedEntryException;
import dev.laurel.model.Environment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.registry.Verification.Fault;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a models repository by one walk along first-parent history, oldest commit first. Each commit is compared with the one
 * before, so that what does not change is looked at once, however long it stands. It is long because the walk and its step share what
 * they gather: numbers used, definitions changed, rows removed, bytes to read; what is checked in each place is said elsewhere.
 */
final class Verifier {
    private final BareRepository repository;
    private final boolean signed;
    private final Verification.Progress progress;
    private final KeptBytes bytes;
    private final List<Fault> faults = new ArrayList<>();
    private final SortedMap<ModelName, Commit> definitions = new TreeMap<>();
    private final Map<ModelName, Map<Version, Commit>> registered = new HashMap<>();
    private final SortedMap<String, Commit> removedRows = new TreeMap<>();
    private final OverlayChanges overlays = new OverlayChanges();
    private Signers signers = Signers.NONE;
    private int versions;
    private int pins;

    /** @param signed whether the commits have to be signed, where {@code laurel.yaml} names signers */
    Verifier(BareRepository repository, boolean signed, Verification.Progress progress) {
        this.repository = repository;
        this.signed = signed;
        this.progress = progress;
        this.bytes = new KeptBytes(repository.lfs(), repository.isClone());
    }

    /** @param since where to begin, exclusively; null for the whole history */
    Verification verify(Commit end, @Nullable Commit since) throws IOException {
        repository.expectAll(end);
        Deque<Commit> commits = history(end, since);
        int total = commits.size();
        Commit before = since;
        signers = since == null ? Signers.NONE : Signers.standingAt(since);
        for (int done = 1; !commits.isEmpty(); done++) {
            Commit commit = commits.pop();
            new Step(before, commit).verify();
            before = commit;
            progress.at("commits", done, total);
        }
        CommitRevision last = new CommitRevision(end);
        try {
            definitions(last);
            rows(last);
            // An overlay that came after its pin harmed nobody for longer than that.
            overlays.problems(last).forEach(this::add);
        } catch (RegistryException e) {
            RegistryException.passOutage(e);
            add(Problem.of(Layout.MODELS, String.valueOf(e.getMessage())), end);
        }
        CommitRevision head = new CommitRevision(repository.main().orElse(end));
        faults.addAll(bytes.verify(last, head, progress));
        return new Verification(
                end.id(),
                since == null ? null : since.id(),
                total,
                versions,
                pins,
                bytes.size(),
                bytes.departed(),
                faults);
    }

    private static Deque<Commit> history(Commit end, @Nullable Commit since) throws IOException {
        Deque<Commit> commits = new ArrayDeque<>();
        Optional<Commit> at = Optional.of(end);
        while (at.isPresent() && (since == null || !at.get().id().equals(since.id()))) {
            commits.push(at.get());
            at = at.get().firstParent();
        }
        if (at.isEmpty() && commits.getFirst().isShallow()) {
            throw new RegistryException(
                    "history: ends at %.10s, since the clone is shallow (expected: all of it; `git fetch --unshallow` fetches it)"
                            .formatted(commits.getFirst().id()));
        }
        if (at.isEmpty() && since != null) {
            throw new RegistryException("since: %.10s (expected: a commit that %.10s follows along first parents)"
                    .formatted(since.id(), end.id()));
        }
        return commits;
    }

    /** A definition that was broken for a while and is mended harmed nobody; a promotion in between would tell. */
    private void definitions(CommitRevision end) throws IOException {
        VersionCheck check =
                new VersionCheck(end, (file, pointer) -> repository.lfs().verify(pointer));
        for (Map.Entry<ModelName, Commit> definition : definitions.entrySet()) {
            add(check.definition(definition.getKey()), definition.getValue());
        }
    }

    /** Rows that were removed and that a version still names. */
    private void rows(CommitRevision end) {
        if (removedRows.isEmpty()) {
            return;
        }
        for (ModelName model : end.models()) {
            for (Version version : end.versions(model)) {
                data(end, model, version)
                        .map(data -> Layout.data(data.digest()))
                        .ifPresent(path -> {
                            Commit removal = removedRows.remove(path);
                            if (removal != null) {
                                add(
                                        Problem.of(
                                                path,
                                                "removed (expected: kept, since %s of %s names it)"
                                                        .formatted(version, model)),
                                        removal);
                            }
                        });
            }
        }
    }

    private static Optional<Content> data(CommitRevision revision, ModelName model, Version version) {
        try {
            return Optional.ofNullable(revision.record(model, version).data());
        } catch (InvalidDocumentException | RegistryException toldWithItsCommit) {
            RegistryException.passOutage(toldWithItsCommit);
            return Optional.empty();
        }
    }

    private void add(List<Problem> problems, Commit commit) {
        problems.forEach(problem -> add(problem, commit));
    }

    private void add(Problem problem, Commit commit) {
        String text = problem.line() > 0 ? "line " + problem.line() + ": " + problem.text() : problem.text();
        faults.add(new Fault(problem.file(), commit.id(), text));
    }

    /** One commit against its first parent. */
    private final class Step {
        private final @Nullable Commit before;
        private final Commit commit;
        private final CommitRevision after;
        private final VersionCheck check;
        private final SortedMap<ModelName, SortedMap<Version, List<PathChange>>> folders = new TreeMap<>();
        private final List<String> others = new ArrayList<>();
        private @Nullable String raised;

        Step(@Nullable Commit before, Commit commit) {
            this.before = before;
            this.commit = commit;
            this.after = new CommitRevision(commit);
            this.check = new VersionCheck(after, (file, pointer) -> bytes.note(file, pointer, commit));
        }

        void verify() throws IOException {
            List<PathChange> changes = changes();
            if (signed) {
                add(signers.problems(commit, changes));
            }
            for (PathChange change : changes) {
                try {
                    checking(change.path(), () -> change(change, change.path().split("/", -1)));
                } catch (InvalidValueException e) {
                    // That a file is gone which should never have been there is no fault.
                    if (change.after()) {
                        add(Problem.of(change.path(), String.valueOf(e.getMessage())));
                    }
                }
            }
            if (raised != null && !others.isEmpty()) {
                String more = others.size() == 1 ? "" : ", with %s more files".formatted(others.size() - 1);
                add(Problem.of(
                        raised,
                        "promoted together with %s%s (expected: a commit of pins alone)"
                                .formatted(others.get(0), more)));
            }
            for (Map.Entry<ModelName, SortedMap<Version, List<PathChange>>> model : folders.entrySet()) {
                for (Map.Entry<Version, List<PathChange>> folder :
                        model.getValue().entrySet()) {
                    checking(
                            Layout.version(model.getKey(), folder.getKey()),
                            () -> version(model.getKey(), folder.getKey(), folder.getValue()));
                }
                checking(
                        Layout.versions(model.getKey()),
                        () -> removed(
                                model.getKey(), new TreeSet<>(model.getValue().keySet())));
            }
        }

        private List<PathChange> changes() throws IOException {
            try {
                return commit.changesSince(before);
            } catch (RefusedEntryException e) {
                add(Problem.of(e.path(), e.problem()));
                return List.of();
            }
        }

        /** What cannot be looked at is a fault as well: a file too large, an object that Git has lost. */
        private void checking(String path, Check look) throws IOException {
            try {
                look.run();
            } catch (RegistryException e) {
                RegistryException.passOutage(e);
                add(Problem.of(path, String.valueOf(e.getMessage())));
            } catch (RefusedEntryException e) {
                add(Problem.of(e.path(), e.problem()));
            }
        }

        private void change(PathChange change, String[] names) throws IOException {
            overlays.note(change, commit);
            if (names[0].equals(Layout.ENVIRONMENTS) && names.length == 4 && names[3].equals(Layout.PIN)) {
                pin(change, new Environment(names[1]), new ModelName(names[2]));
                return;
            }
            others.add(change.path());
            if (names[0].equals(Layout.ENVIRONMENTS)) {
                Layout.expectNoFolderForAPin(names);
            }
            if (change.path().equals(Layout.FORMAT)) {
                format();
            }
            if (names[0].equals(Layout.ENVIRONMENTS) && names.length == 4 && names[3].equals(Layout.RELEASE)) {
                if (change.after()) {
                    add(check.releaseIn(new ModelName(names[2]), change.path()));
                }
            } else if (names[0].equals(Layout.DATA)) {
                rows(change);
            } else if (names[0].equals(Layout.MODELS) && names.length > 2) {
                model(change, new ModelName(names[1]), names);
            }
        }

        private void format() throws IOException {
            try {
                Signers.namedIn(commit);
            } catch (InvalidDocumentException e) {
                add(Problem.of(Layout.FORMAT, e));
            }
            signers = signers.after(commit);
        }

        private void rows(PathChange change) {
            if (change.before() && change.after()) {
                add(Problem.of(change.path(), "changed (expected: kept rows never change)"));
            } else if (change.after()) {
                removedRows.remove(change.path());
                add(check.rows(change.path()));
            } else {
                removedRows.put(change.path(), commit);
            }
        }

        private void model(PathChange change, ModelName model, String[] names) {
            if (names[2].equals(Layout.DEFINITION) && names.length == 3) {
                definitions.put(model, commit);
            } else if (names[2].equals(Layout.VERSIONS)) {
                folders.computeIfAbsent(model, name -> new TreeMap<>())
                        .computeIfAbsent(Layout.versionOf(model, names), number -> new ArrayList<>())
                        .add(change);
            }
        }

        private void version(ModelName model, Version version, List<PathChange> changes) throws IOException {
            if (!stood(model, version)) {
                registered(model, version);
            } else if (after.has(model, version)) {
                changes.forEach(change -> add(Problem.of(
                        change.path(),
                        "%s (expected: never, once %s is registered)"
                                .formatted(
                                        !change.before() ? "added" : change.after() ? "changed" : "removed",
                                        version))));
            }
        }

        private boolean stood(ModelName model, Version version) {
            return before != null && new CommitRevision(before).has(model, version);
        }

        /** Only a registration takes older versions out, whole, and only those that retention did not keep in the commit before it. */
        private void removed(ModelName model, SortedSet<Version> versions) throws IOException {
            SortedSet<Version> removed = new TreeSet<>(versions);
            removed.removeIf(version -> !stood(model, version) || after.has(model, version));
            if (before == null || removed.isEmpty()) {
                return;
            }
            int joining = (int)
                    versions.stream().filter(version -> !stood(model, version)).count();
            new Retained(new CommitRevision(before), model, joining)
                    .problems(removed)
                    .forEach(this::add);
        }

        private void registered(ModelName model, Version version) throws IOException {
            versions++;
            String folder = Layout.version(model, version);
            Commit first =
                    registered.computeIfAbsent(model, name -> new HashMap<>()).putIfAbsent(version, commit);
            Optional<Version> newest = before == null ? Optional.empty() : new CommitRevision(before).newest(model);
            if (first != null) {
                add(Problem.of(
                        folder,
                        "%s for the second time (expected: a new number; %.10s registered it first)"
                                .formatted(version, first.id())));
            } else if (newest.isPresent() && newest.get().compareTo(version) > 0) {
                add(Problem.of(folder, "%s (expected: a number above %s)".formatted(version, newest.get())));
            }
            add(check.version(model, version));
        }

        private void pin(PathChange change, Environment environment, ModelName model) throws IOException {
            if (!change.after()) {
                return;
            }
            pins++;
            add(check.pinIn(model, change.path()));
            PinHistory history = new PinHistory(commit, environment, model);
            Optional<PinChange> move =
                    history.next().filter(found -> found.commit().equals(commit.id()) && found.after() != null);
            if (move.isEmpty()) {
                // No readable pin, which the check above has told.
                return;
            }
            if (move.get().direction() == PinChange.Direction.RAISED) {
                raised = change.path();
            }
            if (before != null) {
                List<String> broken =
                        new PinRules(new CommitRevision(before), after, environment, model).problems(move.get());
                if (!broken.isEmpty() && !stoodBefore(move.get(), history)) {
                    broken.forEach(problem -> add(Problem.of(change.path(), problem)));
                }
            }
        }

        /** A move back to an earlier pin, such as {@code git revert} makes, was judged when that pin came the first time. */
        private static boolean stoodBefore(PinChange move, PinHistory history) throws IOException {
            for (Optional<PinChange> earlier = Optional.of(move); earlier.isPresent(); earlier = history.next()) {
                if (Objects.equals(move.after(), earlier.get().before())) {
                    return true;
                }
            }
            return false;
        }

        private void add(List<Problem> problems) {
            Verifier.this.add(problems, commit);
        }

        private void add(Problem problem) {
            Verifier.this.add(problem, commit);
        }
    }

    private interface Check {
        void run() throws IOException;
    }
}
