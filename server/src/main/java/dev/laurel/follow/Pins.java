package dev.laurel.follow;

import dev.laurel.model.ChallengerPin;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.VersionRecord;
import dev.laurel.registry.Registry;
import dev.laurel.registry.view.Revision;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/** Where it stands which version of which model is to answer. */
public interface Pins {

    /** The pins as they are now; asked for many times a second. */
    Look look();

    /** Every pin of an environment, at the head of the registry. */
    static Pins ofHead(Supplier<Registry> registry, Environment environment) {
        return () -> new HeadLook(registry.get().head(), environment);
    }

    /**
     * One pin in a file, as Kubernetes mounts it. The registry is asked for nothing but what is to be proven of it, so that a server goes
     * on answering, and becomes ready where no signatures are demanded, while the host of the repository is away.
     */
    static Pins ofFile(Path file, Supply supply, Environment environment) {
        return () -> FileLook.at(file, supply, environment);
    }

    /** The pins at one moment. */
    interface Look {
        /** Changes whenever a pin may have moved. */
        String state();

        Collection<ModelName> models();

        Optional<Pin> pin(ModelName model);

        /** Why the pin of a model, or that there is none, is not to be followed; empty where all is well. */
        Optional<String> objection(ModelName model);

        /** What is tried beside the champion; broken text is an {@code InvalidDocumentException}. */
        Optional<ChallengerPin> challenger(ModelName model);

        /** As {@link #objection}, for the pin of the challenger. */
        Optional<String> challengerObjection(ModelName model);

        /** The model file that a pin names. */
        default VersionRecord.Content modelFile(ModelName model, Pin pin) {
            return PinnedRecord.of(revision(), model, pin).modelFile();
        }

        /** When somebody put the pin where it is read; empty where it is read in the registry itself. */
        default Optional<Instant> put() {
            return Optional.empty();
        }

        /** Whether a pin was taken at its word, since history could not be asked; it is to be asked later. */
        default boolean waitsForHistory() {
            return false;
        }

        /** The registry in which the pinned versions stand. */
        Revision revision();

        /** The same, if it was read for this look. */
        Optional<Revision> revisionRead();
    }
}
