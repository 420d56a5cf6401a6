package dev.laurel.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.registry.git.TreeChanges;
import dev.laurel.registry.kustomize.KustomizeFiles;
import dev.laurel.registry.kustomize.Sizes;
import dev.laurel.yaml.Yaml;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings an environment into being: its server, and an overlay for each model. That takes a commit of its own before the first pin, since a
 * promotion touches one file.
 */
final class LayingDown {
    private final CommitRevision head;
    private final Environment environment;

    LayingDown(CommitRevision head, Environment environment) {
        this.head = head;
        this.environment = environment;
    }

    /** Where the servers of this repository find it, as the first environment that has one says. */
    static Optional<String> address(CommitRevision head) {
        return head.environments().stream()
                .map(LayingDown::settings)
                .flatMap(path -> head.file(path).stream().map(text -> Yaml.read(text, path, JsonNode.class)))
                .map(settings -> settings.path("data").path("repository").asText())
                .filter(address -> !address.isBlank())
                .findFirst();
    }

    private static String settings(Environment environment) {
        return KustomizeFiles.serverFolder(environment) + "/settings.yaml";
    }

    /** @throws RegistryException when nobody said here what belongs into them */
    TreeChanges changes() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        if (!head.hasServer(environment)) {
            if (head.file(KustomizeFiles.BASE + "/" + KustomizeFiles.OVERLAY).isEmpty()) {
                throw unknown("there is no %s/%s".formatted(KustomizeFiles.BASE, KustomizeFiles.OVERLAY));
            }
            String address = address(head)
                    .orElseThrow(() -> unknown("no environment says at which address its pods find the repository"));
            files.putAll(KustomizeFiles.server(environment, Sizes.of(environment), address));
        }
        for (ModelName model : head.models()) {
            files.put(KustomizeFiles.overlayPath(environment, model), KustomizeFiles.overlay(environment, model));
        }
        TreeChanges changes = new TreeChanges();
        files.forEach((path, text) -> {
            if (head.file(path).isEmpty()) {
                changes.put(path, text);
            }
        });
        return changes;
    }

    private RegistryException unknown(String why) {
        return new RegistryException(
                "%s: not laid down, and not to be by itself, since %s (expected: a server and overlays before the first pin; `laurel upgrade --env %s --url ADDRESS`)"
                        .formatted(Layout.environment(environment), why, environment));
    }

    CommitMessage message() {
        return new CommitMessage(
                        (head.hasServer(environment) ? "Lay down the overlays of " : "Lay down the environment ")
                                + environment)
                .line("What is pinned there runs from these files; the pins come by commits of their own.")
                .trailer("Environment", environment);
    }
}
