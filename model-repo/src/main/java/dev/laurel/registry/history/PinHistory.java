package dev.laurel.registry.history;

import dev.laurel.git.Commit;
import dev.laurel.git.RefusedEntryException;
import dev.laurel.model.ChallengerPin;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.registry.layout.Layout;
import dev.laurel.registry.view.PinChange;
import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks back through the changes of one pin, newest first. A text that is no pin, which only a push past our check can bring in, is
 * passed over: the change is then from the readable pin before it to the readable pin after it.
 */
public final class PinHistory {
    private final String path;
    private final Reading reading;
    private final @Nullable String whileThere;
    private Optional<Commit> at;
    private @Nullable Commit found;

    public PinHistory(Commit newest, Environment environment, ModelName model) {
        this(newest, environment, model, null);
    }

    /** @param whileThere goes no further back than to the commit that added this path; the whole way where it is null */
    public PinHistory(Commit newest, Environment environment, ModelName model, @Nullable String whileThere) {
        this(
                newest,
                Layout.pin(environment, model),
                whileThere,
                (text, path) -> Optional.of(Yaml.read(text, path, Pin.class)));
    }

    private PinHistory(Commit newest, String path, @Nullable String whileThere, Reading reading) {
        this.path = path;
        this.reading = reading;
        this.whileThere = whileThere;
        this.at = Optional.of(newest);
    }

    /** Kustomize cannot leave a file out that is not there, so an empty one says that there is no challenger. */
    public static Optional<ChallengerPin> challenger(byte[] text, String path) {
        return text.length == 0 ? Optional.empty() : Optional.of(Yaml.read(text, path, ChallengerPin.class));
    }

    /** That of the challenger's pin. Another mode or share is another text for the same version. */
    public static PinHistory ofChallenger(
            Commit newest, Environment environment, ModelName model, @Nullable String whileThere) {
        return new PinHistory(
                newest,
                Layout.challenger(environment, model),
                whileThere,
                (text, path) -> challenger(text, path).map(ChallengerPin::asPin));
    }

    /**
     * What stood before the champion: the newest earlier state of the pin that is below it. What is above was rolled back from, and a
     * further step back does not return to it. Empty when that state is no pin at all.
     */
    public Optional<Pin> below(Version champion) throws IOException {
        Optional<PinChange> change = next();
        while (change.isPresent()
                && change.get().before() != null
                && change.get().before().version().compareTo(champion) >= 0) {
            change = next();
        }
        return change.map(PinChange::before);
    }

    /** The next older change; empty at the end. */
    public Optional<PinChange> next() throws IOException {
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
                found = commit;
                return Optional.of(PinChange.of(commit, before.pin, after));
            }
            if (before.readable) {
                commit = null;
            }
        }
        return Optional.empty();
    }

    /** The commit of the change that {@link #next} gave last. */
    Commit changed() {
        return Objects.requireNonNull(found, "no change yet");
    }

    private Optional<Commit> change() throws IOException {
        return at.isEmpty() ? Optional.empty() : at.get().lastChange(path, whileThere);
    }

    private State state(Optional<Commit> commit) throws IOException {
        try {
            Optional<byte[]> text =
                    commit.isEmpty() ? Optional.empty() : commit.get().file(path);
            return new State(
                    true, text.isEmpty() ? null : reading.pin(text.get(), path).orElse(null));
        } catch (InvalidDocumentException | RefusedEntryException notAPin) {
            return new State(false, null);
        }
    }

    /** From a file's text; empty where it says that none stands. */
    private interface Reading {
        Optional<Pin> pin(byte[] text, String path);
    }

    private record State(boolean readable, @Nullable Pin pin) {}
}
