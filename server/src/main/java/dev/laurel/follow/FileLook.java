package dev.laurel.follow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.model.Environment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.VersionRecord;
import dev.laurel.program.Reason;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.view.Revision;
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
    private final Supply supply;
    private final Environment environment;
    private volatile @Nullable Revision revision;
    private volatile boolean waitsForHistory;

    private FileLook(String text, Pin pin, Supply supply, Environment environment) {
        this.text = text;
        this.pin = pin;
        this.supply = supply;
        this.environment = environment;
    }

    static FileLook at(Path file, Supply supply, Environment environment) {
        byte[] content;
        try {
            content = read(file);
        } catch (IOException e) {
            throw new InvalidValueException("pin file", file, "a file that can be read: " + Reason.of(e));
        }
        return new FileLook(
                new String(content, UTF_8), Yaml.read(content, file.toString(), Pin.class), supply, environment);
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
        if (!model.equals(pin.model()) || supply.proofs().have(environment, text)) {
            return Optional.empty();
        }
        try {
            Revision asked = revision();
            Optional<String> objection = asked.objection(environment, pin);
            if (objection.isEmpty()) {
                PinnedRecord.of(asked, model, pin);
                supply.proofs().keep(environment, text, asked.commit());
            }
            return objection;
        } catch (RegistryException e) {
            if (!e.isOutage()) {
                throw e;
            }
            if (supply.proofs().areDemanded()) {
                throw new RegistryException("history cannot be asked whether this pin may stand: " + e.getMessage(), e);
            }
            waitsForHistory = true;
            return Optional.empty();
        }
    }

    /** The pin names the bytes by their digest; that it says the same as the record was proven, or will be. */
    @Override
    public VersionRecord.Content modelFile(ModelName model, Pin wanted) {
        return new VersionRecord.Content(wanted.digest(), wanted.size());
    }

    @Override
    public boolean waitsForHistory() {
        return waitsForHistory;
    }

    @Override
    public Revision revision() {
        Revision read = revision;
        if (read == null) {
            read = supply.registry().get().head();
            revision = read;
        }
        return read;
    }

    @Override
    public Optional<Revision> revisionRead() {
        return Optional.ofNullable(revision);
    }
}
