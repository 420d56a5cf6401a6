package dev.laurel.cli.shard;

import dev.laurel.model.Expect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the pods of shards run, and with what: as the trainer's, in base/trainer of the manifests.
 *
 * @param name of the objects
 * @param claim the volume that all pods see, at {@code /work}
 */
record Cluster(
        String name,
        String image,
        String claim,
        String repository,
        @Nullable String secret,
        int parallelism) {
    static final String FOLDER = "/work";
    private static final String MAIN = "dev.laurel.cli.Main";
    private static final int USER = 10001;
    private static final int FOR_GROUP = 288;

    Cluster {
        Expect.that(
                name.matches("[a-z]([a-z0-9-]{0,50}[a-z0-9])?"), "--name", name, "small letters, digits and dashes");
        Expect.notBlank("--image", image);
        Expect.notBlank("--claim", claim);
    }

    Map<String, Object> metadata(String ending) {
        return map("name", name + ending, "labels", labels());
    }

    /** They are the trainer's to the NetworkPolicies, since they hold the same token. */
    static Map<String, Object> labels() {
        return map(
                "app.kubernetes.io/name", "laurel-trainer",
                "app.kubernetes.io/component", "shards",
                "app.kubernetes.io/part-of", "laurel");
    }

    /** @param account whose pods they are */
    Map<String, Object> pod(String account, List<String> arguments) {
        Map<String, Object> pod = map("serviceAccountName", account);
        pod.put("automountServiceAccountToken", false);
        pod.put("enableServiceLinks", false);
        pod.put("restartPolicy", "Never");
        pod.put("securityContext", userOnly());
        pod.put("containers", List.of(container("laurel", arguments)));
        pod.put("volumes", volumes());
        return pod;
    }

    static Map<String, Object> userOnly() {
        return map(
                "runAsNonRoot", true,
                "runAsUser", USER,
                "runAsGroup", USER,
                "fsGroup", USER,
                "seccompProfile", map("type", "RuntimeDefault"));
    }

    Map<String, Object> container(@Nullable String containerName, List<String> arguments) {
        Map<String, Object> container = containerName == null ? map() : map("name", containerName);
        container.put("image", image);
        // The image's own: its class path, its share of the memory, the cache that it starts from.
        container.put("command", List.of("java", "@/opt/laurel/options", MAIN));
        container.put("args", arguments);
        container.put("env", environment());
        container.put("resources", map("requests", map("cpu", "1", "memory", "1Gi"), "limits", map("memory", "1Gi")));
        container.put(
                "securityContext",
                map(
                        "allowPrivilegeEscalation", false,
                        "readOnlyRootFilesystem", true,
                        "capabilities", map("drop", List.of("ALL"))));
        container.put("volumeMounts", mounts());
        return container;
    }

    private List<Object> environment() {
        Map<String, Object> where = map("name", "LAUREL_REPO", "value", repository);
        Map<String, Object> cache = map("name", "LAUREL_CACHE", "value", FOLDER + "/cache");
        return secret == null
                ? List.of(where, cache)
                : List.of(where, cache, map("name", "LAUREL_GIT_TOKEN_FILE", "value", "/etc/laurel/git/token"));
    }

    private List<Object> mounts() {
        Map<String, Object> work = map("name", "work", "mountPath", FOLDER);
        Map<String, Object> tmp = map("name", "tmp", "mountPath", "/tmp");
        return secret == null
                ? List.of(work, tmp)
                : List.of(work, tmp, map("name", "git", "mountPath", "/etc/laurel/git", "readOnly", true));
    }

    List<Object> volumes() {
        Map<String, Object> work = map("name", "work", "persistentVolumeClaim", map("claimName", claim));
        Map<String, Object> tmp = map("name", "tmp", "emptyDir", map("sizeLimit", "256Mi"));
        return secret == null
                ? List.of(work, tmp)
                : List.of(work, tmp, map("name", "git", "secret", map("secretName", secret, "defaultMode", FOR_GROUP)));
    }

    /** In the order in which people read it. */
    static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return map;
    }
}
