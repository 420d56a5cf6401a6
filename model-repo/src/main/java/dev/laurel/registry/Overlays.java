package dev.laurel.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.git.Commit;
import dev.laurel.model.Environment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.registry.kustomize.KustomizeFiles;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What brings the pins of one commit to a cluster: the overlay beside each. A pin without one is a green tile in Argo CD with nothing behind
 * it. Where a repository has no overlays at all, its pins are followed in another way, and none is missed.
 */
final class Overlays {
    private static final List<String> REFERENCES = List.of("resources", "components");

    private final CommitRevision revision;
    private final Commit commit;
    private @Nullable Boolean any;

    Overlays(CommitRevision revision) {
        this.revision = revision;
        this.commit = revision.at();
    }

    /** Whether anything here comes to a cluster by an overlay; looked for once, since that may take all folders of pins. */
    private boolean any() throws IOException {
        boolean known = any == null ? findAny() : any;
        any = known;
        return known;
    }

    private boolean findAny() throws IOException {
        for (Environment environment : revision.environments()) {
            String folder = Layout.environment(environment);
            for (String name : commit.folders(folder)) {
                if (commit.files(folder + "/" + name).contains(KustomizeFiles.OVERLAY)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The models with a pin in an environment, also one that cannot be read. */
    List<ModelName> pinned(Environment environment) throws IOException {
        List<ModelName> pinned = new ArrayList<>();
        String folder = Layout.environment(environment);
        for (String name : commit.folders(folder)) {
            if (commit.files(folder + "/" + name).contains(Layout.PIN)) {
                model(name).ifPresent(pinned::add);
            }
        }
        return pinned;
    }

    private static Optional<ModelName> model(String name) {
        try {
            return Optional.of(new ModelName(name));
        } catch (InvalidValueException notOurs) {
            return Optional.empty();
        }
    }

    boolean has(Environment environment, ModelName model) {
        return revision.file(KustomizeFiles.overlayPath(environment, model)).isPresent();
    }

    /** What keeps a pin there from coming to the cluster. */
    List<Problem> problems(Environment environment, ModelName model) throws IOException {
        String path = KustomizeFiles.overlayPath(environment, model);
        Problems problems = new Problems();
        Optional<byte[]> text = revision.file(path);
        if (text.isEmpty() && !any()) {
            return List.of();
        }
        if (text.isEmpty()) {
            problems.add(
                    path,
                    "missing (expected: an overlay beside the pin, or nothing runs; `laurel upgrade --env %s` lays it down)"
                            .formatted(environment));
            return problems.all();
        }
        JsonNode overlay = problems.read(path, text.get(), JsonNode.class);
        if (overlay != null) {
            if (!namesItsPin(overlay)) {
                problems.add(
                        path,
                        "does not name the pin beside it (expected: configMapGenerator: [{name: pin, files: [%s]}]; delete it, and `laurel upgrade --env %s` lays down a new one)"
                                .formatted(Layout.PIN, environment));
            }
            for (String key : REFERENCES) {
                for (JsonNode reference : overlay.path(key)) {
                    references(problems, environment, path, key, reference.asText());
                }
            }
        }
        return problems.all();
    }

    private static boolean namesItsPin(JsonNode overlay) {
        for (JsonNode generator : overlay.path("configMapGenerator")) {
            for (JsonNode file : generator.path("files")) {
                String named = file.asText().replaceFirst("^[^=]*=", "").replaceFirst("^\\./", "");
                if (named.equals(Layout.PIN)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What is elsewhere, such as on another host, is not ours to look for. */
    private void references(Problems problems, Environment environment, String path, String key, String reference)
            throws IOException {
        if (!reference.startsWith(".")) {
            return;
        }
        Optional<String> meant = resolved(path.substring(0, path.lastIndexOf('/')), reference);
        if (meant.isEmpty()
                || !(commit.files(meant.get()).contains(KustomizeFiles.OVERLAY)
                        || revision.file(meant.get()).isPresent())) {
            problems.add(
                    path,
                    "%s: %s (expected: what is in the repository; `laurel upgrade --env %s` lays down what is missing)"
                            .formatted(key, reference, environment));
        }
    }

    /** Empty outside the repository. */
    private static Optional<String> resolved(String folder, String reference) {
        Deque<String> names = new ArrayDeque<>(List.of(folder.split("/", -1)));
        for (String name : reference.split("/", -1)) {
            if (name.equals("..")) {
                if (names.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join("/", names));
    }
}
