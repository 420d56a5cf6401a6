package dev.laurel.follow;

import dev.laurel.model.Pin;
import dev.laurel.registry.view.PinChange;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a model of the environment stands. */
public sealed interface Standing {

    /** What is pinned is loaded. */
    record Serving(LoadedModel champion) implements Standing {}

    /**
     * What is pinned could not be loaded; the champion before it, if there was one, goes on answering.
     *
     * @param pin absent when the pin itself cannot be read, or was removed by somebody who might not
     * @param attempts how often loading was tried
     * @param retryAt when it is tried again, unless the pin changes before
     */
    record Failing(
            @Nullable Pin pin,
            String reason,
            int attempts,
            Instant retryAt,
            @Nullable LoadedModel previous) implements Standing {
        /** The pinned version, for people. */
        public String pinned() {
            return pin == null ? "unreadable" : pin.version().toString();
        }
    }

    /** The pin was removed, by this change. */
    record Withdrawn(PinChange change) implements Standing {}

    /** The model is registered, and no pin of it ever stood here. */
    record Unpinned() implements Standing {}

    /** The version that answers, if one does. */
    default Optional<LoadedModel> answering() {
        if (this instanceof Serving serving) {
            return Optional.of(serving.champion());
        }
        return this instanceof Failing failing ? Optional.ofNullable(failing.previous()) : Optional.empty();
    }
}
