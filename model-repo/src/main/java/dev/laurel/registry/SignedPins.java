package dev.laurel.registry;

import dev.laurel.git.Commit;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether whoever put a pin where it stands at a commit might do so. */
final class SignedPins {
    private final Commit commit;
    /** Most repositories name no signers, which is asked for every model. */
    private volatile @Nullable Boolean everSigned;

    SignedPins(Commit commit) {
        this.commit = commit;
    }

    /** @see Revision#objection(Environment, ModelName) */
    Optional<String> objection(Environment environment, ModelName model) throws IOException {
        return everSigned()
                ? objection(environment, commit.lastChange(Layout.pin(environment, model)))
                : objectionToNobody();
    }

    /** @see Revision#objection(Environment, Pin) */
    Optional<String> objection(Environment environment, Pin pin) throws IOException {
        if (!everSigned()) {
            return objectionToNobody();
        }
        String path = Layout.pin(environment, pin.model());
        Optional<Commit> change = commit.lastChange(path);
        while (change.isPresent()) {
            if (holds(change.get(), environment, pin)) {
                return objection(environment, change);
            }
            Optional<Commit> parent = change.get().firstParent();
            change = parent.isEmpty() ? parent : parent.get().lastChange(path);
        }
        return Optional.of(
                "never stood on main in %s (expected: a pin that a signer put there)".formatted(environment));
    }

    private static boolean holds(Commit commit, Environment environment, Pin pin) {
        try {
            return new CommitRevision(commit).pin(environment, pin.model()).equals(Optional.of(pin));
        } catch (InvalidDocumentException notAPin) {
            return false;
        }
    }

    private boolean everSigned() throws IOException {
        Boolean known = everSigned;
        if (known == null) {
            known = Signers.everNamed(commit);
            everSigned = known;
        }
        return known;
    }

    private Optional<String> objectionToNobody() {
        return commit.isAfterSigners()
                ? Optional.of(Layout.FORMAT + ": names no signers (expected: some, since LAUREL_SIGNED is true)")
                : Optional.empty();
    }

    private static Optional<String> objection(Environment environment, Optional<Commit> change) throws IOException {
        Optional<Commit> parent = change.isEmpty() ? change : change.get().firstParent();
        return parent.isEmpty()
                ? Optional.empty()
                : Signers.standingAt(parent.get())
                        .problem(change.get(), Role.promote(environment))
                        .map(problem ->
                                "commit %.10s: %s".formatted(change.get().id(), problem));
    }
}
