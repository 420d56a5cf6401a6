package dev.laurel.follow;

import dev.laurel.follow.LoadOutcome.Refused;
import dev.laurel.model.Pin;
import dev.laurel.registry.Registry;
import java.time.Clock;
import java.util.Optional;

/** Whether a server would come to serve a pin: it is loaded in the same way, and answers nobody. */
public final class PinCheck {
    private PinCheck() {}

    /** @return why a server would refuse the pin; empty when it would serve it */
    public static Optional<String> problem(Registry registry, Pin pin) {
        LoadOutcome outcome = new ModelLoader(registry, Clock.systemUTC()).load(registry::head, pin.model(), pin);
        return outcome instanceof Refused refused ? Optional.of(refused.reason()) : Optional.empty();
    }
}
