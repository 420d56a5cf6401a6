package dev.laurel.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.git.TreeChanges;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.registry.kustomize.KustomizeFiles;
import dev.laurel.registry.kustomize.Sizes;
import dev.laurel.yaml.Yaml;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Brings an environment into being: its server, and an overlay for each model. That takes a commit of its own before the first pin, since a
 * promotion touches one file.
 */
record LayingDown(CommitRevision head, Environment environment, ModelName model) {
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
        if (isMissing(KustomizeFiles.BASE)) {
            throw unknown("there is no %s/%s".formatted(KustomizeFiles.BASE, KustomizeFiles.OVERLAY));
        }
        SortedMap<String, byte[]> files = new TreeMap<>();
        if (isMissing(KustomizeFiles.serverFolder(environment))) {
            String address = address(head)
                    .orElseThrow(() -> unknown("no environment says at which address its pods find the repository"));
            files.putAll(KustomizeFiles.server(environment, Sizes.of(environment), address));
        }
        Set<ModelName> models = new TreeSet<>(head.models());
        models.add(model);
        models.forEach(each ->
                files.put(KustomizeFiles.overlayPath(environment, each), KustomizeFiles.overlay(environment, each)));
        TreeChanges changes = new TreeChanges();
        files.forEach((path, text) -> {
            if (head.file(path).isEmpty()) {
                changes.put(path, text);
            }
        });
        return changes;
    }

    private boolean isMissing(String folder) {
        return head.file(folder + "/" + KustomizeFiles.OVERLAY).isEmpty();
    }

    private RegistryException unknown(String why) {
        return new RegistryException(
                "%s: not complete, and Laurel cannot complete it by itself, since %s (expected: a server and overlays before the first pin; `laurel upgrade --env %s --url ADDRESS`)"
                        .formatted(Layout.environment(environment), why, environment));
    }

    CommitMessage message() {
        return new CommitMessage((isMissing(KustomizeFiles.serverFolder(environment))
                                ? "Lay down the environment "
                                : "Lay down the overlays of ")
                        + environment)
                .line("What is pinned there runs from these files; the pins come by commits of their own.")
                .trailer("Environment", environment);
    }
}
