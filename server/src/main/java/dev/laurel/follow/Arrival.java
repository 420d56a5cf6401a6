package dev.laurel.follow;

import dev.laurel.model.Pin;
import dev.laurel.registry.view.PinChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a moved pin came to be what this process answers by; each time by the clock of this machine.
 *
 * @param put when the file of the pin was put beside this process, as Kubernetes does; absent where pins are read at the head of the registry
 * @param read when this process read the pin
 * @param answering from when on the version answers; absent while it does not
 * @param change the commit that moved the pin; absent where that is not known, or this process was not there when it moved
 * @param firstAnswer when the first request for a prediction was answered by it; absent until then
 */
public record Arrival(
        Pin pin,
        @Nullable Instant put,
        Instant read,
        @Nullable Instant answering,
        @Nullable PinChange change,
        @Nullable Instant firstAnswer) {

    static Arrival of(Pin pin, @Nullable Instant put, Instant read) {
        return new Arrival(pin, put, read, null, null, null);
    }

    /** From the time of the commit, which Git keeps in whole seconds, until its version could answer here. */
    public Optional<Duration> toReady() {
        return sinceCommit(answering);
    }

    /** The same until it first did: a server that nobody asks takes as long as its next caller. */
    public Optional<Duration> toAnswer() {
        return sinceCommit(firstAnswer);
    }

    /** Clocks of two machines differ; nothing took less than no time. */
    private Optional<Duration> sinceCommit(@Nullable Instant time) {
        if (change == null || time == null) {
            return Optional.empty();
        }
        Duration took = Duration.between(change.time(), time);
        return Optional.of(took.isNegative() ? Duration.ZERO : took);
    }

    boolean isOf(Pin other) {
        return pin.namesSameVersionAs(other) && pin.digest().equals(other.digest());
    }

    Arrival answeringFrom(Instant time) {
        return new Arrival(pin, put, read, time, change, firstAnswer);
    }

    Arrival by(@Nullable PinChange found) {
        return new Arrival(pin, put, read, answering, found, firstAnswer);
    }

    Arrival firstAnsweredAt(Instant time) {
        return new Arrival(pin, put, read, answering, change, time);
    }
}
