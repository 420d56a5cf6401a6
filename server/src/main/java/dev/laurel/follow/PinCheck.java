package dev.laurel.follow;

import dev.laurel.follow.LoadOutcome.Refused;
import dev.laurel.model.Environment;
import dev.laurel.model.Pin;
import dev.laurel.registry.Registry;
import java.time.Clock;
import java.util.Optional;

/** Whether a server would come to serve a pin: its signers are judged and it is loaded in the same way, and it answers nobody. */
public final class PinCheck {
    private PinCheck() {}

    /**
     * @param environment for which the pin is meant; it says who may have put it there
     * @return why a server would refuse the pin; empty when it would serve it
     */
    public static Optional<String> problem(Registry registry, Environment environment, Pin pin) {
        Optional<String> objection = objection(registry, environment, pin);
        if (objection.isPresent()) {
            return objection;
        }
        LoadOutcome outcome = new ModelLoader(registry, Clock.systemUTC()).load(registry::head, pin.model(), pin);
        return outcome instanceof Refused refused ? Optional.of(refused.reason()) : Optional.empty();
    }

    private static Optional<String> objection(Registry registry, Environment environment, Pin pin) {
        try {
            return registry.head().objection(environment, pin);
        } catch (RuntimeException e) {
            return Optional.of(ModelLoader.reason(e));
        }
    }
}
