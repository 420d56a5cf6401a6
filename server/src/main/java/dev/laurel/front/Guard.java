package dev.laurel.front;

import java.util.Map;
import java.util.Optional;

/** What a server asks of those who come: how much, by which connection, and who they are. */
public record Guard(Limits limits, Optional<Tls> tls, Callers callers) {

    /** @throws dev.laurel.model.InvalidValueException naming the variable that is not as it should be */
    public static Guard of(Map<String, String> environment) {
        Limits limits = Limits.of(environment);
        Optional<Tls> tls = Tls.of(environment);
        return new Guard(
                limits, tls, Callers.of(environment, tls.map(Tls::asksClients).orElse(false), limits));
    }
}
