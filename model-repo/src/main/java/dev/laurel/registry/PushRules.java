package dev.laurel.registry;

import dev.laurel.model.Definition;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.registry.git.Commit;
import dev.laurel.registry.git.LfsPointer;
import dev.laurel.registry.git.LfsStore;
import dev.laurel.registry.git.PathChange;
import dev.laurel.registry.git.PushCheck;
import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a push to main has to keep: each document readable, each pin loadable, each registered version as it was. */
final class PushRules implements PushCheck {
    private final LfsStore lfs;

    PushRules(LfsStore lfs) {
        this.lfs = lfs;
    }

    @Override
    public List<String> problems(Commit before, Commit after) throws IOException {
        List<PathChange> changes = after.changesSince(before);
        List<String> links = changes.stream()
                .filter(change -> change.after() && !change.regular())
                .map(change -> change.path() + ": a symbolic link or submodule (expected: a file)")
                .toList();
        return links.isEmpty() ? new Push(before, after).problems(changes) : links;
    }

    /** The check of one push. */
    private final class Push {
        private final CommitRevision before;
        private final CommitRevision after;
        private final VersionCheck check;
        private final Set<String> problems = new LinkedHashSet<>();
        private final SortedMap<ModelName, SortedSet<Version>> registered = new TreeMap<>();

        Push(Commit before, Commit after) {
            this.before = new CommitRevision(before);
            this.after = new CommitRevision(after);
            this.check = new VersionCheck(this.after, lfs);
        }

        List<String> problems(Collection<PathChange> changes) throws IOException {
            for (PathChange change : changes) {
                try {
                    change(change, change.path().split("/", -1));
                } catch (InvalidValueException e) {
                    problems.add(change.path() + ": " + e.getMessage());
                } catch (InvalidDocumentException | RegistryException e) {
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
            for (ModelName model : registered.keySet()) {
                versions(model);
            }
            return List.copyOf(problems);
        }

        private void change(PathChange change, String[] names) throws IOException {
            switch (names[0]) {
                case Layout.FORMAT -> format();
                case Layout.DATA -> data(change);
                case Layout.MODELS -> {
                    if (names.length > 2) {
                        model(change, new ModelName(names[1]), names);
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
        }

        private void data(PathChange change) {
            if (change.before()) {
                problems.add(change.path() + ": changed or removed (expected: kept rows never change)");
                return;
            }
            Optional<Digest> digest =
                    after.file(change.path()).flatMap(LfsPointer::parse).map(LfsPointer::digest);
            if (digest.isEmpty() || !Layout.data(digest.get()).equals(change.path())) {
                problems.add(change.path() + ": not a Git LFS pointer to the digest in its name (is git-lfs installed"
                        + " where it was committed?)");
            }
        }

        private void model(PathChange change, ModelName model, String[] names) throws IOException {
            if (names[2].equals(Layout.DEFINITION) && names.length == 3) {
                definition(change, model);
            } else if (names[2].equals(Layout.VERSIONS)) {
                if (names.length < 6) {
                    problems.add(change.path() + ": unexpected (expected: only folders of versions here, such as "
                            + Layout.version(model, new Version(7)) + ")");
                    return;
                }
                Version version = Version.parse(names[4]);
                if (!names[3].equals(Layout.hundred(version))) {
                    problems.add(change.path() + ": wrong folder (expected: " + Layout.version(model, version) + ")");
                } else if (before.has(model, version)) {
                    problems.add("%s: %s of %s is registered already and never changes"
                            .formatted(Layout.version(model, version), version, model));
                } else {
                    registered.computeIfAbsent(model, name -> new TreeSet<>()).add(version);
                }
            }
        }

        private void definition(PathChange change, ModelName model) throws IOException {
            if (change.after()) {
                expectModel(change, read(change, Definition.class).model(), model);
            } else if (after.at().hasFolder(Layout.versions(model))) {
                problems.add(change.path() + ": removed (expected: a definition, since versions are registered)");
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
                problems.addAll(check.version(model, version));
                next = version.next();
            }
        }

        private void environment(PathChange change, Environment environment, String[] names) throws IOException {
            if (!change.after() || names.length != 4) {
                return;
            }
            if (names[3].equals(Layout.PIN)) {
                Pin pin = read(change, Pin.class);
                expectModel(change, pin.model(), new ModelName(names[2]));
                problems.addAll(check.pin(Layout.pin(environment, new ModelName(names[2])), pin));
            } else if (names[3].equals(Layout.RELEASE)) {
                expectModel(change, read(change, Release.class).model(), new ModelName(names[2]));
            }
        }

        private <T> T read(PathChange change, Class<T> type) {
            return Yaml.read(after.file(change.path()).orElseThrow(), change.path(), type);
        }

        private void expectModel(PathChange change, ModelName named, ModelName folder) {
            if (!named.equals(folder)) {
                problems.add("%s: model: %s (expected: %s, as its folder)".formatted(change.path(), named, folder));
            }
        }
    }
}
