package dev.laurel.follow;

import dev.laurel.bytes.ModelBytes;
import dev.laurel.registry.Registry;
import java.util.function.Supplier;

/**
 * What a server lives on.
 *
 * @param registry where versions are registered; throws {@link dev.laurel.registry.outcome.RegistryException} while it is out of reach
 * @param bytes of model files
 * @param proofs of pins in files
 */
public record Supply(Supplier<Registry> registry, ModelBytes bytes, Proofs proofs) {

    /** A registry that is open, and nothing else. */
    public static Supply of(Registry registry) {
        return new Supply(() -> registry, ModelBytes.of(() -> registry), Proofs.none());
    }
}
