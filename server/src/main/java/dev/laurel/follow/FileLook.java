package dev.laurel.follow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.model.ChallengerPin;
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
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The one pin that a file held, and that of the challenger in the file beside it. */
final class FileLook implements Pins.Look {
    private static final String CHALLENGER = "challenger.yaml";

    private final String text;
    private final Pin pin;
    private final String challenger;
    private final Instant put;
    private final Supply supply;
    private final Environment environment;
    private volatile @Nullable Revision revision;
    private volatile boolean waitsForHistory;

    private FileLook(String text, Pin pin, String challenger, Instant put, Supply supply, Environment environment) {
        this.text = text;
        this.pin = pin;
        this.challenger = challenger;
        this.put = put;
        this.supply = supply;
        this.environment = environment;
    }

    static FileLook at(Path file, Supply supply, Environment environment) {
        byte[] content;
        String beside;
        Instant put;
        try {
            content = read(file);
            Path challenger = file.resolveSibling(CHALLENGER);
            beside = Files.exists(challenger) ? new String(read(challenger), UTF_8) : "";
            put = Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new InvalidValueException("pin file", file, "a file that can be read: " + Reason.of(e));
        }
        return new FileLook(
                new String(content, UTF_8),
                Yaml.read(content, file.toString(), Pin.class),
                beside,
                put,
                supply,
                environment);
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
        return text + challenger;
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
        return objection(text, pin, asked -> asked.objection(environment, pin));
    }

    /** What history says, which is kept once it has nothing against it. */
    private Optional<String> objection(String proven, Pin wanted, Function<Revision, Optional<String>> ask) {
        try {
            Revision asked = revision();
            Optional<String> objection = ask.apply(asked);
            if (objection.isEmpty()) {
                PinnedRecord.of(asked, wanted.model(), wanted);
                supply.proofs().keep(environment, proven, asked.commit());
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

    /** Empty text, which stands where nothing is tried, is that of no pin. */
    @Override
    public Optional<ChallengerPin> challenger(ModelName model) {
        return challenger.isEmpty()
                ? Optional.empty()
                : Optional.of(Yaml.read(challenger.getBytes(UTF_8), CHALLENGER, ChallengerPin.class))
                        .filter(only -> only.model().equals(model));
    }

    @Override
    public Optional<String> challengerObjection(ModelName model) {
        Optional<ChallengerPin> wanted = challenger(model);
        return wanted.isEmpty() || supply.proofs().have(environment, challenger)
                ? Optional.empty()
                : objection(
                        challenger,
                        wanted.get().asPin(),
                        asked -> asked.challengerObjection(environment, wanted.get()));
    }

    /** The pin names the bytes by their digest; that it says the same as the record was proven, or will be. */
    @Override
    public VersionRecord.Content modelFile(ModelName model, Pin wanted) {
        return new VersionRecord.Content(wanted.digest(), wanted.size());
    }

    @Override
    public Optional<Instant> put() {
        return Optional.of(put);
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
