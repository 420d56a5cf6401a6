package dev.laurel.follow;

import dev.laurel.bytes.ModelBytes;
import dev.laurel.follow.LoadOutcome.Refused;
import dev.laurel.follow.LoadOutcome.Unreachable;
import dev.laurel.model.Environment;
import dev.laurel.model.Pin;
import dev.laurel.program.Reason;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryException;
import dev.laurel.registry.Revision;
import dev.laurel.trace.Tracing;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** Whether a server would come to serve a pin: its signers are judged and it is loaded in the same way, and it answers nobody. */
public final class PinCheck {
    private PinCheck() {}

    /**
     * @param environment for which the pin is meant; it says who may have put it there
     * @throws RegistryException when nothing can be said, since something is out of reach
     * @return why a server would refuse the pin; empty when it would serve it
     */
    public static Optional<String> problem(Registry registry, Environment environment, Pin pin) {
        Revision head = registry.head();
        Optional<String> objection = objection(head, environment, pin);
        if (objection.isPresent()) {
            return objection;
        }
        ModelLoader loader = new ModelLoader(ModelBytes.of(() -> registry), Clock.systemUTC(), Tracing.OFF);
        LoadOutcome outcome = loader.load(new HeadLook(head, environment), pin.model(), pin);
        if (outcome instanceof Unreachable unreachable) {
            throw new RegistryException(unreachable.reason(), new IOException(unreachable.reason()));
        }
        return outcome instanceof Refused refused ? Optional.of(refused.reason()) : Optional.empty();
    }

    private static Optional<String> objection(Revision head, Environment environment, Pin pin) {
        try {
            return head.objection(environment, pin);
        } catch (RuntimeException e) {
            RegistryException.passOutage(e);
            return Optional.of(Reason.of(e));
        }
    }
}
