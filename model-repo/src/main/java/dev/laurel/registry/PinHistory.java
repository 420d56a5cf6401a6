package dev.laurel.registry;

import dev.laurel.git.Commit;
import dev.laurel.git.RefusedEntryException;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks back through the changes of one pin, newest first. A text that is no pin, which only a push past our check can bring in, is
 * passed over: the change is then from the readable pin before it to the readable pin after it.
 */
final class PinHistory {
    private final String path;
    private final @Nullable String whileThere;
    private Optional<Commit> at;

    PinHistory(Commit newest, Environment environment, ModelName model) {
        this(newest, environment, model, null);
    }

    /** @param whileThere goes no further back than to the commit that added this path; the whole way where it is null */
    PinHistory(Commit newest, Environment environment, ModelName model, @Nullable String whileThere) {
        this.path = Layout.pin(environment, model);
        this.whileThere = whileThere;
        this.at = Optional.of(newest);
    }

    /**
     * What stood before the champion: the newest earlier state of the pin that is below it. What is above was rolled back from, and a
     * further step back does not return to it. Empty when that state is no pin at all.
     */
    Optional<Pin> below(Version champion) throws IOException {
        Optional<PinChange> change = next();
        while (change.isPresent()
                && change.get().before() != null
                && change.get().before().version().compareTo(champion) >= 0) {
            change = next();
        }
        return change.map(PinChange::before);
    }

    /** The next older change; empty at the end. */
    Optional<PinChange> next() throws IOException {
        Commit commit = null;
        Pin after = null;
        for (Optional<Commit> change = change(); change.isPresent(); change = change()) {
            at = change.get().firstParent();
            if (commit == null) {
                State state = state(change);
                if (!state.readable) {
                    continue;
                }
                commit = change.get();
                after = state.pin;
            }
            State before = state(at);
            if (before.readable && (before.pin != null || after != null)) {
                return Optional.of(PinChange.of(commit, before.pin, after));
            }
            if (before.readable) {
                commit = null;
            }
        }
        return Optional.empty();
    }

    private Optional<Commit> change() throws IOException {
        return at.isEmpty() ? Optional.empty() : at.get().lastChange(path, whileThere);
    }

    private State state(Optional<Commit> commit) throws IOException {
        try {
            Optional<byte[]> text =
                    commit.isEmpty() ? Optional.empty() : commit.get().file(path);
            return new State(true, text.isEmpty() ? null : Yaml.read(text.get(), path, Pin.class));
        } catch (InvalidDocumentException | RefusedEntryException notAPin) {
            return new State(false, null);
        }
    }

    private record State(boolean readable, @Nullable Pin pin) {}
}
