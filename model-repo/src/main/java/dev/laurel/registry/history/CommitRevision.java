package dev.laurel.registry.history;

import dev.laurel.definition.Definition;
import dev.laurel.evaluation.Report;
import dev.laurel.git.Commit;
import dev.laurel.git.RefusedEntryException;
import dev.laurel.model.ChallengerPin;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Provenance;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.program.Reason;
import dev.laurel.registry.layout.Layout;
import dev.laurel.registry.layout.kustomize.KustomizeFiles;
import dev.laurel.registry.outcome.Hold;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.view.Departure;
import dev.laurel.registry.view.Event;
import dev.laurel.registry.view.Origin;
import dev.laurel.registry.view.PinChange;
import dev.laurel.registry.view.Revision;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the registry out of one commit; each document by one look-up of its path. Long since {@link Revision} asks for many things, each of
 * which is a few lines here.
 */
public final class CommitRevision implements Revision {
    private final Commit commit;
    private final SignedPins signedPins;

    public CommitRevision(Commit commit) {
        this.commit = commit;
        this.signedPins = new SignedPins(commit);
    }

    public Commit at() {
        return commit;
    }

    @Override
    public String commit() {
        return commit.id();
    }

    @Override
    public Origin origin() {
        return Origin.of(commit);
    }

    @Override
    public List<ModelName> models() {
        return named(Layout.MODELS, ModelName::new, this::has);
    }

    @Override
    public boolean has(ModelName model) {
        return file(Layout.definition(model)).isPresent();
    }

    @Override
    public Definition definition(ModelName model) {
        return document(Layout.definition(model), Definition.class, model);
    }

    @Override
    public byte[] definitionText(ModelName model) {
        return file(Layout.definition(model)).orElseThrow(() -> unknown(model.toString()));
    }

    @Override
    public Digest definitionDigest(ModelName model) {
        return Digest.of(definitionText(model));
    }

    @Override
    public Optional<Definition> definition(ModelName model, Digest digest) {
        String path = Layout.definition(model);
        for (Optional<Commit> at = Optional.of(commit); at.isPresent(); at = before(at.get(), path)) {
            Commit found = at.get();
            Optional<byte[]> text = reading(() -> found.file(path));
            if (text.isPresent() && Digest.of(text.get()).equals(digest)) {
                return Optional.of(Yaml.read(text.get(), path, Definition.class));
            }
        }
        return Optional.empty();
    }

    /** The newest first-parent commit with another content of that path. */
    private Optional<Commit> before(Commit newest, String path) {
        return reading(() -> {
            Optional<Commit> change = newest.lastChange(path);
            return change.isEmpty() ? change : change.get().firstParent();
        });
    }

    @Override
    public List<Version> versions(ModelName model) {
        List<Version> versions = new ArrayList<>();
        hundreds(model).forEach(hundred -> versions.addAll(versions(model, hundred)));
        Collections.sort(versions);
        return List.copyOf(versions);
    }

    @Override
    public Optional<Version> newest(ModelName model) {
        return newest(model, 1).stream().findFirst();
    }

    @Override
    public List<Version> newest(ModelName model, int limit) {
        return hundreds(model).stream()
                .sorted(Comparator.comparing(Integer::valueOf, Comparator.reverseOrder()))
                .flatMap(hundred -> versions(model, hundred).stream().sorted(Comparator.reverseOrder()))
                .limit(limit)
                .toList();
    }

    @Override
    public Origin registration(ModelName model, Version version) {
        expectThere(model, version);
        // A version never changes, so the last change of its folder is the first one too.
        return Origin.of(
                reading(() -> commit.lastChange(Layout.version(model, version))).orElseThrow());
    }

    @Override
    public Optional<Departure> departure(ModelName model, Version version) {
        if (has(model, version)) {
            return Optional.empty();
        }
        return reading(() -> {
            Optional<Commit> removal = commit.lastChange(Layout.version(model, version));
            return removal.isEmpty()
                    ? Optional.empty()
                    : removal.get().firstParent().map(last -> new Departure(Origin.of(removal.get()), last.id()));
        });
    }

    private List<String> hundreds(ModelName model) {
        return reading(() -> commit.folders(Layout.versions(model))).stream()
                .filter(name -> name.matches("[0-9]{2,7}"))
                .toList();
    }

    private List<Version> versions(ModelName model, String hundred) {
        return named(Layout.versions(model) + "/" + hundred, Version::parse, version -> true);
    }

    public boolean has(ModelName model, Version version) {
        return reading(() -> commit.hasFolder(Layout.version(model, version)));
    }

    @Override
    public VersionRecord record(ModelName model, Version version) {
        return document(Layout.record(model, version), VersionRecord.class, model, version);
    }

    /** The digest of a record's bytes as committed, which a pin names. */
    public Digest recordDigest(ModelName model, Version version) {
        return Digest.of(file(Layout.record(model, version)).orElseThrow(() -> unknown(model, version)));
    }

    @Override
    public void expectReports(ModelName model, Collection<Version> versions) {
        List<String> paths = versions.stream()
                .flatMap(version -> Stream.of(Layout.report(model, version), Layout.provenance(model, version)))
                .toList();
        reading(() -> {
            commit.expectFiles(paths);
            return paths;
        });
    }

    @Override
    public Report report(ModelName model, Version version) {
        return document(Layout.report(model, version), Report.class, model, version);
    }

    @Override
    public Provenance provenance(ModelName model, Version version) {
        return document(Layout.provenance(model, version), Provenance.class, model, version);
    }

    @Override
    public List<Environment> environments() {
        return named(Layout.ENVIRONMENTS, Environment::new, environment -> true);
    }

    @Override
    public Optional<Pin> pin(Environment environment, ModelName model) {
        String path = Layout.pin(environment, model);
        return file(path).map(text -> Yaml.read(text, path, Pin.class));
    }

    @Override
    public SortedMap<ModelName, Pin> pins(Environment environment) {
        SortedMap<ModelName, Pin> pins = new TreeMap<>();
        named(Layout.environment(environment), ModelName::new, model -> true)
                .forEach(model -> pin(environment, model).ifPresent(pin -> pins.put(model, pin)));
        return Collections.unmodifiableSortedMap(pins);
    }

    @Override
    public Optional<Hold> hold(Environment environment, ModelName model) {
        PinHistory history = new PinHistory(commit, environment, model);
        Optional<PinChange> move = reading(history::next);
        while (move.isPresent() && move.get().direction() == PinChange.Direction.REWORDED) {
            move = reading(history::next);
        }
        return move.flatMap(PinChange::hold)
                .filter(hold -> !isReleased(environment, model, hold))
                .or(() -> heldForDrift(environment, model));
    }

    /** As long as the pin names the version that drifted: any move of it, which only a person makes meanwhile, ends that hold as well. */
    private Optional<Hold> heldForDrift(Environment environment, ModelName model) {
        String path = Layout.held(environment, model);
        return file(path)
                .map(text -> Yaml.read(text, path, Held.class))
                .filter(held -> pin(environment, model)
                        .filter(pin -> pin.version().equals(held.version()))
                        .isPresent())
                .flatMap(held -> reading(() -> commit.lastChange(path))
                        .map(change -> new Hold(change.id(), held.version(), held.version())))
                .filter(hold -> !isReleased(environment, model, hold));
    }

    @Override
    public Optional<ChallengerPin> challenger(Environment environment, ModelName model) {
        String path = Layout.challenger(environment, model);
        return file(path).flatMap(text -> PinHistory.challenger(text, path));
    }

    @Override
    public Optional<Hold> challengerHold(Environment environment, ModelName model) {
        PinHistory history = PinHistory.ofChallenger(commit, environment, model, null);
        Optional<PinChange> move = reading(history::next);
        while (move.isPresent() && move.get().direction() == PinChange.Direction.REWORDED) {
            move = reading(history::next);
        }
        return move.flatMap(PinChange::hold)
                .filter(hold -> !becameChampion(new CommitRevision(history.changed()), environment, model, hold));
    }

    /** Where the challenge ended since it was won. */
    private static boolean becameChampion(CommitRevision then, Environment environment, ModelName model, Hold hold) {
        return hold.to() == null
                && then.pin(environment, model)
                        .filter(champion -> champion.version().compareTo(hold.from()) >= 0)
                        .isPresent();
    }

    @Override
    public Optional<String> challengerObjection(Environment environment, ModelName model) {
        return reading(() -> signedPins.objectionToChallenger(environment, model));
    }

    @Override
    public Optional<String> challengerObjection(Environment environment, ChallengerPin pin) {
        return reading(() -> signedPins.objection(environment, pin));
    }

    private boolean isReleased(Environment environment, ModelName model, Hold hold) {
        String path = Layout.release(environment, model);
        return file(path)
                .filter(text -> Yaml.read(text, path, Release.class).commit().equals(hold.commit()))
                .isPresent();
    }

    @Override
    public Optional<String> objection(Environment environment, ModelName model) {
        return reading(() -> signedPins.objection(environment, model));
    }

    @Override
    public Optional<String> objection(Environment environment, Pin pin) {
        return reading(() -> signedPins.objection(environment, pin));
    }

    @Override
    public boolean everPinned(Environment environment, ModelName model) {
        return reading(() -> commit.lastChange(Layout.pin(environment, model))).isPresent();
    }

    @Override
    public List<PinChange> changes(Environment environment, ModelName model, int limit) {
        PinHistory history = new PinHistory(commit, environment, model);
        List<PinChange> changes = new ArrayList<>();
        while (changes.size() < limit) {
            Optional<PinChange> change = reading(history::next);
            if (change.isEmpty()) {
                break;
            }
            changes.add(change.get());
        }
        return List.copyOf(changes);
    }

    @Override
    public List<Event> events(ModelName model, @Nullable Environment only, int limit) {
        return reading(() -> new ModelHistory(commit, model, only).events(limit));
    }

    private <T> T document(String path, Class<T> type, ModelName model) {
        return Yaml.read(file(path).orElseThrow(() -> unknown("model " + model)), path, type);
    }

    private <T> T document(String path, Class<T> type, ModelName model, Version version) {
        return Yaml.read(file(path).orElseThrow(() -> unknown(model, version)), path, type);
    }

    private RegistryException unknown(String thing) {
        return new RegistryException("no %s is registered at commit %.12s".formatted(thing, commit()));
    }

    private RegistryException unknown(ModelName model, Version version) {
        return departure(model, version)
                .map(departure -> new RegistryException(
                        "%s of %s is not in the tree any more: %.10s took it out, and %.10s still has it (see `laurel show %s %s`)"
                                .formatted(
                                        version, model, departure.origin().commit(), departure.last(), model, version)))
                .orElseGet(() -> unknown(version + " of " + model));
    }

    /** @throws RegistryException when there is no such version in the tree */
    public void expectThere(ModelName model, Version version) {
        if (!has(model, version)) {
            throw unknown(model, version);
        }
    }

    /** Whether the environment stands in a cluster, and not only in pins. */
    public boolean hasServer(Environment environment) {
        return reading(() -> commit.hasFolder(KustomizeFiles.serverFolder(environment)));
    }

    public Optional<byte[]> file(String path) {
        return reading(() -> commit.file(path));
    }

    /** The folders whose name is one of ours; the others are somebody else's business. */
    private <T> List<T> named(String folder, Function<String, T> parse, Predicate<T> wanted) {
        return reading(() -> commit.folders(folder)).stream()
                .flatMap(name -> parsed(parse, name).stream())
                .filter(wanted)
                .toList();
    }

    private static <T> Optional<T> parsed(Function<String, T> parse, String name) {
        try {
            return Optional.of(parse.apply(name));
        } catch (InvalidValueException notOurs) {
            return Optional.empty();
        }
    }

    private <T> T reading(Reading<T> read) {
        try {
            return read.get();
        } catch (RefusedEntryException e) {
            throw new RegistryException("%s, at commit %.12s".formatted(e.getMessage(), commit()), e);
        } catch (IOException e) {
            throw new RegistryException(
                    "commit %.12s cannot be read: %s (try `git fsck` in the models repository)"
                            .formatted(commit(), Reason.of(e)),
                    e);
        }
    }

    private interface Reading<T> {
        T get() throws IOException;
    }
}
