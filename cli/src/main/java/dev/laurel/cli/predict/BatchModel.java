package dev.laurel.cli.predict;

import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.predictor.InvalidModelFileException;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Predictor;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.view.Revision;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A version, fetched by its digest, verified and decoded, as a server does. */
public record BatchModel(ModelName name, Version version, Digest digest, ModelFile file, Predictor predictor) {

    /** @param version null for the champion of the environment */
    public static BatchModel load(
            Registry registry, ModelName name, @Nullable Version version, Environment environment) {
        Revision head = registry.head();
        return version == null
                ? champion(registry, head, name, environment)
                : decode(registry, name, version, modelFile(registry, head, name, version));
    }

    private static BatchModel champion(Registry registry, Revision head, ModelName name, Environment environment) {
        // What a server would not follow, this does not either.
        Optional<String> objection = head.objection(environment, name);
        if (objection.isPresent()) {
            throw new RegistryException("champion of %s in %s: %s".formatted(name, environment, objection.get()));
        }
        Pin pin = head.pin(environment, name)
                .orElseThrow(() -> new InvalidValueException(
                        "champion of %s in %s".formatted(name, environment),
                        "none",
                        "a promoted version; or name one, as in 'laurel predict %s v1'".formatted(name)));
        return decode(registry, name, pin.version(), new Content(pin.digest(), pin.size()));
    }

    /** Also of a version that left the tree, as long as its bytes are there. */
    private static Content modelFile(Registry registry, Revision head, ModelName name, Version version) {
        return head.departure(name, version)
                .map(departure -> registry.at(departure.last()))
                .orElse(head)
                .record(name, version)
                .modelFile();
    }

    private static BatchModel decode(Registry registry, ModelName name, Version version, Content content) {
        try {
            ModelFile file = ModelFile.decode(registry.fetch(content.digest(), content.size()));
            ModelName model = file.definition().model();
            Expect.that(model.equals(name), "model in the model file", model, name.toString());
            return new BatchModel(name, version, content.digest(), file, Predictor.decode(file));
        } catch (InvalidModelFileException e) {
            throw new RegistryException("%s %s: %s".formatted(name, version, e.getMessage()), e);
        }
    }
}
