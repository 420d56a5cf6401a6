package dev.laurel.bytes;

import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;

/** The models repository itself, which verifies for itself as well. */
final class GitHost implements ByteSource, ByteSource.Place {
    private final Supplier<Registry> registry;

    GitHost(Supplier<Registry> registry) {
        this.registry = registry;
    }

    @Override
    public String kind() {
        return "git";
    }

    @Override
    public List<Place> places() {
        return List.of(this);
    }

    @Override
    public String name() {
        return "models repository";
    }

    @Override
    public InputStream open(LfsPointer pointer) throws IOException {
        try {
            return new ByteArrayInputStream(registry.get().fetch(pointer.digest(), pointer.size()));
        } catch (RegistryException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
