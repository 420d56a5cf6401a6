package dev.laurel.registry.rule;

import dev.laurel.git.Commit;
import dev.laurel.git.PathChange;
import dev.laurel.git.lfs.LfsStore;
import dev.laurel.git.serve.PushCheck;
import dev.laurel.model.Environment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.program.Reason;
import dev.laurel.registry.history.CommitRevision;
import dev.laurel.registry.layout.Layout;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.sign.Format;
import dev.laurel.registry.sign.Signers;
import dev.laurel.schema.Finding;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a push to main has to keep: signed as it has to be, each document readable, each pin loadable, each registered version as it was. */
public final class PushRules implements PushCheck {
    private final VersionCheck.Bytes bytes;

    public PushRules(LfsStore lfs) {
        this((file, pointer) -> lfs.verify(pointer));
    }

    PushRules(VersionCheck.Bytes bytes) {
        this.bytes = bytes;
    }

    @Override
    public List<String> problems(Commit before, Commit after) throws IOException {
        return problems(before, after, true);
    }

    /** Of a branch that somebody may merge. Main gets the merge's signature, and nobody has made the merge yet. */
    List<String> problemsOfBranch(Commit fork, Commit head) throws IOException {
        return problems(fork, head, false);
    }

    private List<String> problems(Commit before, Commit after, boolean signed) throws IOException {
        List<PathChange> changes = after.changesSince(before);
        List<String> links = changes.stream()
                .filter(change -> change.after() && !change.regular())
                .map(change -> change.path() + ": a symbolic link or submodule (expected: a file)")
                .toList();
        if (!links.isEmpty()) {
            return links;
        }
        List<String> signatures = signed ? SignatureRules.problems(before, after) : List.of();
        return signatures.isEmpty() ? new Push(before, after).problems(changes) : signatures;
    }

    /** The check of one push. */
    private final class Push {
        private final CommitRevision before;
        private final CommitRevision after;
        private final VersionCheck check;
        private final Set<String> problems = new LinkedHashSet<>();
        private final SortedMap<ModelName, SortedSet<Version>> registered = new TreeMap<>();
        private final SortedMap<ModelName, SortedSet<Version>> removed = new TreeMap<>();
        private final SortedSet<String> removedRows = new TreeSet<>();
        private final OverlayChanges overlays = new OverlayChanges();

        Push(Commit before, Commit after) {
            this.before = new CommitRevision(before);
            this.after = new CommitRevision(after);
            this.check = new VersionCheck(this.after, bytes);
        }

        List<String> problems(Collection<PathChange> changes) throws IOException {
            for (PathChange change : changes) {
                try {
                    change(change, change.path().split("/", -1));
                    if (!lowersAPin(change.path().split("/", -1))) {
                        overlays.note(change, after.at());
                    }
                } catch (InvalidValueException e) {
                    problems.add(change.path() + ": " + e.getMessage());
                } catch (InvalidDocumentException | RegistryException e) {
                    RegistryException.passOutage(e);
                    problems.add(Reason.of(e));
                }
            }
            for (ModelName model : registered.keySet()) {
                versions(model);
            }
            for (Map.Entry<ModelName, SortedSet<Version>> model : removed.entrySet()) {
                int joining =
                        registered.getOrDefault(model.getKey(), new TreeSet<>()).size();
                add(new Retained(before, model.getKey(), joining).findings(model.getValue()));
            }
            rows();
            add(List.copyOf(overlays.findings(after).keySet()));
            return List.copyOf(problems);
        }

        /** Rows leave with the last version that names them. */
        private void rows() throws IOException {
            if (!removedRows.isEmpty()) {
                Set<String> kept = removed.isEmpty() ? removedRows : Leaving.named(after, Set.of());
                removedRows.stream()
                        .filter(kept::contains)
                        .forEach(path ->
                                problems.add(path + ": removed (expected: kept, as long as a version names it)"));
            }
        }

        private void change(PathChange change, String[] names) throws IOException {
            switch (names[0]) {
                case Layout.FORMAT -> format();
                case Layout.DATA -> data(change);
                case Layout.MODELS -> {
                    if (names.length > 2) {
                        model(new ModelName(names[1]), names);
                    }
                }
                case Layout.ENVIRONMENTS -> {
                    if (names.length > 2) {
                        environment(change, new Environment(names[1]), names);
                    }
                }
                default -> {
                    // Anything else is the owner's: the README, manifests, CI.
                }
            }
        }

        private void format() throws IOException {
            if (Format.of(after.at()).isEmpty()) {
                problems.add(Layout.FORMAT + ": missing (expected: it tells that this is a models repository)");
            }
            Signers.namedIn(after.at());
        }

        private void data(PathChange change) {
            if (!change.after()) {
                removedRows.add(change.path());
            } else if (change.before()) {
                problems.add(change.path() + ": changed (expected: kept rows never change)");
            } else {
                add(check.rows(change.path()));
            }
        }

        private void model(ModelName model, String[] names) throws IOException {
            if (names[2].equals(Layout.DEFINITION) && names.length == 3) {
                add(check.definition(model));
            } else if (names[2].equals(Layout.VERSIONS)) {
                Version version = Layout.versionOf(model, names);
                if (before.has(model, version) && !after.has(model, version)) {
                    removed.computeIfAbsent(model, name -> new TreeSet<>()).add(version);
                } else if (before.has(model, version)) {
                    problems.add("%s: %s of %s is registered already and never changes"
                            .formatted(Layout.version(model, version), version, model));
                } else {
                    registered.computeIfAbsent(model, name -> new TreeSet<>()).add(version);
                }
            }
        }

        private void versions(ModelName model) throws IOException {
            if (after.file(Layout.definition(model)).isEmpty()) {
                problems.add(Layout.definition(model) + ": missing (expected: a definition beside the versions)");
            }
            Version next = before.newest(model).map(Version::next).orElse(new Version(1));
            for (Version version : registered.getOrDefault(model, new TreeSet<>())) {
                if (!version.equals(next)) {
                    problems.add("%s: %s (expected: %s, the next number)"
                            .formatted(Layout.version(model, version), version, next));
                }
                add(check.version(model, version));
                next = version.next();
            }
        }

        private void environment(PathChange change, Environment environment, String[] names) throws IOException {
            if (!change.after()) {
                return;
            }
            Layout.expectNoFolderForAPin(names);
            if (names.length != 4) {
                return;
            }
            if (names[3].equals(Layout.PIN)) {
                ModelName model = new ModelName(names[2]);
                add(check.pinIn(model, Layout.pin(environment, model)));
            } else if (names[3].equals(Layout.CHALLENGER)) {
                ModelName model = new ModelName(names[2]);
                add(check.challengerIn(model, Layout.challenger(environment, model)));
            } else if (names[3].equals(Layout.RELEASE)) {
                ModelName model = new ModelName(names[2]);
                add(check.releaseIn(model, Layout.release(environment, model)));
            } else if (names[3].equals(Layout.HELD)) {
                ModelName model = new ModelName(names[2]);
                add(check.heldIn(model, Layout.held(environment, model)));
            }
        }

        /** A way back is open whatever became of the overlay meanwhile. */
        private boolean lowersAPin(String... names) {
            if (names.length != 4 || !names[0].equals(Layout.ENVIRONMENTS) || !names[3].equals(Layout.PIN)) {
                return false;
            }
            Environment environment = new Environment(names[1]);
            ModelName model = new ModelName(names[2]);
            Optional<Pin> pin = after.pin(environment, model);
            return pin.isPresent()
                    && before.pin(environment, model)
                            .filter(stood -> stood.version().compareTo(pin.get().version()) > 0)
                            .isPresent();
        }

        private void add(List<Finding> found) {
            found.forEach(finding -> problems.add(finding.toString()));
        }
    }
}
