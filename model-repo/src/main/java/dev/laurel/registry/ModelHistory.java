package dev.laurel.registry;

import dev.laurel.git.Commit;
import dev.laurel.git.PathChange;
import dev.laurel.model.Environment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Walks back along first parents through all that happened to one model. A commit that left its trees alone costs a look at three ids. */
final class ModelHistory {
    private final Commit newest;
    private final ModelName model;
    private final List<String> paths;

    /** @param only whose pin to look at, and nothing but the pin; null for all there is */
    ModelHistory(Commit newest, ModelName model, @Nullable Environment only) {
        this.newest = newest;
        this.model = model;
        this.paths = only == null
                ? List.of(Layout.versions(model), Layout.ENVIRONMENTS)
                : List.of(Layout.environment(only) + "/" + model);
    }

    /** The newest events, newest first. */
    List<Event> events(int limit) throws IOException {
        List<Event> events = new ArrayList<>();
        for (Optional<Commit> at = Optional.of(newest); at.isPresent() && events.size() < limit; ) {
            events.addAll(events(at.get()));
            at = at.get().firstParent();
        }
        return List.copyOf(events.subList(0, Math.min(limit, events.size())));
    }

    /** Of one commit: what became of the pins, then the versions that were there for them. */
    private List<Event> events(Commit commit) throws IOException {
        SortedSet<Version> registered = new TreeSet<>(Comparator.reverseOrder());
        List<Event> events = new ArrayList<>();
        for (PathChange change : commit.changesBelow(paths)) {
            String[] names = change.path().split("/", -1);
            try {
                if (names[0].equals(Layout.MODELS)
                        && !change.before()
                        && change.path().endsWith(Layout.RECORD)) {
                    registered.add(Version.parse(names[names.length - 2]));
                } else if (names[0].equals(Layout.ENVIRONMENTS) && names.length == 4) {
                    pinEvent(commit, new Environment(names[1]), change.path()).ifPresent(events::add);
                }
            } catch (InvalidValueException notOurs) {
                // A folder that is no version's and no environment's is somebody else's business.
            }
        }
        registered.forEach(version -> events.add(new Event.Registered(Origin.of(commit), version)));
        return events;
    }

    private Optional<Event> pinEvent(Commit commit, Environment environment, String path) throws IOException {
        if (path.equals(Layout.pin(environment, model))) {
            return new PinHistory(commit, environment, model)
                    .next()
                    .filter(change -> change.commit().equals(commit.id()))
                    .map(change -> new Event.PinMoved(Origin.of(commit), environment, change));
        }
        if (path.equals(Layout.release(environment, model))) {
            boolean held = new CommitRevision(commit).hold(environment, model).isPresent();
            Origin origin = Origin.of(commit);
            return Optional.of(
                    held ? new Event.HeldAgain(origin, environment) : new Event.Released(origin, environment));
        }
        return Optional.empty();
    }
}
