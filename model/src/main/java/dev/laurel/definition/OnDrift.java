package dev.laurel.definition;

import dev.laurel.model.Says;

/** What automation does about drift of the champion. */
public enum OnDrift {
    @Says("Trains at once; the gate decides, and the pin is moved or proposed as usual.")
    RETRAIN,
    @Says(
            "Trains at once, and whatever passes the gate is proposed: a person merges it, also where the gate's mode is commit.")
    PROPOSE,
    @Says("Leaves the pin alone until a person promotes or releases it, by a commit with the report.")
    HOLD
}
