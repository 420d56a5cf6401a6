package dev.laurel.follow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.model.Environment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.registry.Registry;
import dev.laurel.registry.Revision;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one pin that a file held. */
final class FileLook implements Pins.Look {
    private final String text;
    private final Pin pin;
    private final Registry registry;
    private final Environment environment;
    private volatile @Nullable Revision revision;

    private FileLook(String text, Pin pin, Registry registry, Environment environment) {
        this.text = text;
        this.pin = pin;
        this.registry = registry;
        this.environment = environment;
    }

    static FileLook at(Path file, Registry registry, Environment environment) {
        byte[] content;
        try {
            content = read(file);
        } catch (IOException e) {
            throw new InvalidValueException("pin file", file, "a file that can be read: " + e);
        }
        return new FileLook(
                new String(content, UTF_8), Yaml.read(content, file.toString(), Pin.class), registry, environment);
    }

    /** A mounted ConfigMap is a link to a folder that is replaced and then removed, which may happen between the two. */
    private static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException replaced) {
            return Files.readAllBytes(file);
        }
    }

    @Override
    public String state() {
        return text;
    }

    @Override
    public Collection<ModelName> models() {
        return List.of(pin.model());
    }

    @Override
    public Optional<Pin> pin(ModelName model) {
        return Optional.of(pin).filter(only -> only.model().equals(model));
    }

    @Override
    public Optional<String> objection(ModelName model) {
        return model.equals(pin.model()) ? revision().objection(environment, pin) : Optional.empty();
    }

    @Override
    public Revision revision() {
        Revision read = revision;
        if (read == null) {
            read = registry.head();
            revision = read;
        }
        return read;
    }

    @Override
    public Optional<Revision> revisionRead() {
        return Optional.ofNullable(revision);
    }
}
