package dev.laurel.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.git.Commit;
import dev.laurel.registry.layout.Layout;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.util.Optional;

/**
 * Models repositories that a Laurel before 0.1.0 laid down, which knew one kind of model. Their {@code laurel.yaml} is as ours, so they are told
 * by a definition: it has a {@code task}, and its target no {@code kind}. They are refused as a whole, since much of them can be read, and a pin
 * in them moved, though nothing in them can be served.
 */
final class EarlierFormat {
    private EarlierFormat() {}

    /** @throws RegistryException when the repository is such a one */
    static void refuse(Object where, Commit head) {
        Optional<String> told;
        try {
            told = earlier(head);
        } catch (IOException | InvalidDocumentException e) {
            // Whoever reads it says so; and a host that is down keeps nobody from what the cache has.
            return;
        }
        if (told.isPresent()) {
            throw new RegistryException(
                    ("%s: laid down by a Laurel before 0.1.0: %s has a task, and a target without a kind (expected: the format of 0.1.0,"
                                    + " which cannot be made of it; lay down a new models repository with `laurel init`, or with"
                                    + " `laurel up --home FOLDER`, and train the models again; nothing was changed here)")
                            .formatted(where, told.get()));
        }
    }

    /** The definition that tells. */
    private static Optional<String> earlier(Commit head) throws IOException {
        // Laid down since then, so that of a repository on a host no definition is fetched for this.
        if (head.files(Layout.MODELS).stream().anyMatch(Layout.SCHEMA::endsWith)) {
            return Optional.empty();
        }
        Optional<String> path = head.folders(Layout.MODELS).stream()
                .findFirst()
                .map(model -> Layout.MODELS + "/" + model + "/" + Layout.DEFINITION);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        Optional<byte[]> file = head.file(path.get());
        if (file.isEmpty()) {
            return Optional.empty();
        }
        JsonNode definition = Yaml.read(file.get(), path.get(), JsonNode.class);
        return path.filter(none -> definition.path("task").isTextual()
                && definition.path("target").isObject()
                && !definition.path("target").has("kind"));
    }
}
