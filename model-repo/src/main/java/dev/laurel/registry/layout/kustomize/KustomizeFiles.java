package dev.laurel.registry.layout.kustomize;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The kustomize files of a models repository, by their path in it, from the project's own {@code manifests/}. */
public final class KustomizeFiles {
    /** The folder that is Laurel's; in {@code environments/} its owner's word counts. */
    public static final String BASE = "base";

    /** The Git host of {@code manifests/base/git}, inside its cluster. */
    public static final String REPOSITORY_IN_CLUSTER = "http://git.laurel.svc.cluster.local:3000/laurel/models.git";

    /** What makes a folder one that renders. */
    public static final String OVERLAY = "kustomization.yaml";

    private static final String SERVER = "server";

    private static final List<String> SERVER_BASE = List.of(
            "kustomization.yaml",
            "serviceaccount.yaml",
            "deployment.yaml",
            "service.yaml",
            "siblings.yaml",
            "hpa.yaml",
            "pdb.yaml",
            "networkpolicy.yaml");

    private static final Map<String, List<String>> COMPONENTS = Map.of(
            "verifier", List.of("kustomization.yaml", "pod.yaml", "networkpolicy.yaml"),
            "monitoring", List.of("kustomization.yaml", "servicemonitor.yaml", "networkpolicy.yaml"),
            "grpc", List.of("kustomization.yaml", "deployment.yaml", "service.yaml", "networkpolicy.yaml"),
            "ingress", List.of("kustomization.yaml", "deployment.yaml", "ingress.yaml", "networkpolicy.yaml"),
            "token-auth", List.of("kustomization.yaml", "pod.yaml", "verifier.yaml"));

    private static final List<String> ENVIRONMENT =
            List.of("kustomization.yaml", "settings.yaml", "egress.yaml", "hpa.yaml");

    private KustomizeFiles() {}

    /**
     * All of a new models repository.
     *
     * @param sizes null for those that fit the name of each environment
     * @param repository the address of the models repository as a cluster sees it
     */
    public static SortedMap<String, byte[]> all(
            Collection<ModelName> models,
            Collection<Environment> environments,
            @Nullable Sizes sizes,
            String repository) {
        SortedMap<String, byte[]> files = base();
        for (Environment environment : environments) {
            files.putAll(server(environment, sizes == null ? Sizes.of(environment) : sizes, repository));
            models.forEach(model -> files.putAll(besidePin(environment, model)));
        }
        return files;
    }

    /** What the overlays of all models share. */
    public static SortedMap<String, byte[]> base() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        SERVER_BASE.forEach(file -> files.put(BASE + "/" + file, bytes("base/server/" + file)));
        COMPONENTS.forEach((component, names) -> names.forEach(file -> {
            String path = "components/" + component + "/" + file;
            files.put(BASE + "/" + path, bytes(path));
        }));
        return files;
    }

    /** The server of an environment: its image, its sizes, and where it finds the repository. */
    public static SortedMap<String, byte[]> server(Environment environment, Sizes sizes, String repository) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        String from = "overlays/" + sizes.folder() + "/" + SERVER + "/";
        ENVIRONMENT.forEach(file -> files.put(
                serverFolder(environment) + "/" + file, filled(from + file, Map.of("repository", repository))));
        more(sizes).forEach(file -> files.put(serverFolder(environment) + "/" + file, bytes(from + file)));
        return files;
    }

    private static List<String> more(Sizes sizes) {
        return switch (sizes) {
            case LOCAL -> List.of("deployment.yaml", "networkpolicy.yaml");
            case STAGING -> List.of();
            case PRODUCTION -> List.of("deployment.yaml", "verifier.yaml");
        };
    }

    /** The folder of an environment's server. */
    public static String serverFolder(Environment environment) {
        return "environments/" + environment + "/" + SERVER;
    }

    /** What brings one model of an environment to a cluster; it stands beside the pin. */
    public static byte[] overlay(Environment environment, ModelName model) {
        return filled("models/" + OVERLAY, Map.of("environment", environment.value(), "model", model.value()));
    }

    /** The files that stand beside a pin before it does: the overlay, and the place of a challenger, empty. */
    public static SortedMap<String, byte[]> besidePin(Environment environment, ModelName model) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(overlayPath(environment, model), overlay(environment, model));
        files.put("environments/" + environment + "/" + model + "/challenger.yaml", new byte[0]);
        return files;
    }

    public static String overlayPath(Environment environment, ModelName model) {
        return "environments/" + environment + "/" + model + "/" + OVERLAY;
    }

    private static byte[] filled(String resource, Map<String, String> values) {
        String text = new String(bytes(resource), UTF_8);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        return text.getBytes(UTF_8);
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = KustomizeFiles.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(in, resource).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
