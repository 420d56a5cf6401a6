package dev.laurel.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What every pod of ours keeps, whoever wrote it. */
final class Policies {
    private static final Set<String> LONG_RUNNING = Set.of("Deployment", "StatefulSet", "DaemonSet");
    private static final Set<String> OTHERS = Set.of("Job", "CronJob", "Pod");
    /** Ways to pods that nothing here takes; whoever does teaches them to these policies first. */
    private static final Set<String> UNKNOWN = Set.of("ReplicaSet", "ReplicationController");

    /** What a process that is not up yet has before it is started anew, where no startup probe says so. */
    private static final int SECONDS_TO_START = 30;

    /** It lays down users, tokens and Secrets at the first start, and is the only one that talks to the Kubernetes API. */
    private static final Set<String> WITH_A_TOKEN = Set.of("git-first-start");

    private final List<JsonNode> objects;
    private final List<String> problems = new ArrayList<>();

    private Policies(List<JsonNode> objects) {
        this.objects = objects;
    }

    /** What the objects of one rendering do not keep, one line for each. */
    static List<String> problems(List<JsonNode> objects) {
        Policies policies = new Policies(objects);
        objects.forEach(policies::check);
        return policies.problems;
    }

    /** Whether an object brings pods. */
    static boolean hasPods(JsonNode object) {
        String kind = object.path("kind").asText();
        return LONG_RUNNING.contains(kind) || OTHERS.contains(kind);
    }

    static String name(JsonNode object) {
        return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
    }

    private void check(JsonNode object) {
        String name = name(object);
        expect(
                name,
                "pods by another kind",
                !UNKNOWN.contains(object.path("kind").asText()));
        if (!hasPods(object)) {
            return;
        }
        JsonNode template = template(object);
        JsonNode pod = template.path("spec");
        JsonNode security = pod.path("securityContext");
        expect(name, "runAsNonRoot", security.path("runAsNonRoot").asBoolean());
        expect(
                name,
                "a numeric runAsUser other than 0",
                security.path("runAsUser").asInt() > 0);
        expect(
                name,
                "seccompProfile RuntimeDefault",
                security.at("/seccompProfile/type").asText().equals("RuntimeDefault"));
        expect(
                name,
                "automountServiceAccountToken: false",
                WITH_A_TOKEN.contains(object.at("/metadata/name").asText())
                        || !pod.path("automountServiceAccountToken").asBoolean(true));
        for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
            expect(name, "no " + host, !pod.path(host).asBoolean());
        }
        pod.path("volumes").forEach(volume -> expect(name, "no hostPath", !volume.has("hostPath")));
        pod.path("initContainers").forEach(container -> container(name, container));
        pod.path("containers").forEach(container -> {
            container(name, container);
            if (LONG_RUNNING.contains(object.path("kind").asText())) {
                for (String probe : List.of("readinessProbe", "livenessProbe")) {
                    expect(name, probe, container.has(probe));
                }
                expect(
                        name,
                        "time to start",
                        container.has("startupProbe")
                                || !container.has("livenessProbe")
                                || container
                                                .at("/livenessProbe/initialDelaySeconds")
                                                .asInt()
                                        >= SECONDS_TO_START);
            }
        });
        if (object.path("kind").asText().equals("Pod")) {
            // Nobody brings it back.
            expect(name, "a hook", object.at("/metadata/annotations").has("argocd.argoproj.io/hook"));
        }
        if (object.path("kind").asText().equals("Deployment")) {
            expect(
                    name,
                    "maxUnavailable: 0",
                    object.at("/spec/strategy/rollingUpdate/maxUnavailable")
                            .asText()
                            .equals("0"));
        }
        for (String direction : List.of("Ingress", "Egress")) {
            expect(name, "a NetworkPolicy for " + direction, hasPolicy(object, template, direction));
        }
    }

    private void container(String of, JsonNode container) {
        String name = of + ", container " + container.path("name").asText();
        JsonNode security = container.path("securityContext");
        expect(
                name,
                "allowPrivilegeEscalation: false",
                !security.path("allowPrivilegeEscalation").asBoolean(true));
        expect(
                name,
                "readOnlyRootFilesystem",
                security.path("readOnlyRootFilesystem").asBoolean());
        expect(name, "not privileged", !security.path("privileged").asBoolean());
        // What a container says counts more than what its pod does.
        expect(name, "runAsNonRoot", security.path("runAsNonRoot").asBoolean(true));
        expect(name, "no user of its own", !security.has("runAsUser"));
        expect(name, "no seccompProfile of its own", !security.has("seccompProfile"));
        expect(
                name,
                "capabilities: drop: [ALL]",
                security.at("/capabilities/drop/0").asText().equals("ALL")
                        && !security.at("/capabilities").has("add"));
        for (String resource : List.of("cpu", "memory")) {
            expect(
                    name,
                    "a request for " + resource,
                    container.at("/resources/requests").has(resource));
            expect(
                    name,
                    "a limit for " + resource,
                    container.at("/resources/limits").has(resource));
        }
        String image = container.path("image").asText();
        expect(
                name,
                "an image with a version, not " + image,
                image.matches("[^@]+/[^:/@]+(:(?!latest$)[^:/@]+|(:[^:/@]+)?@sha256:[0-9a-f]{64})"));
    }

    private boolean hasPolicy(JsonNode object, JsonNode template, String direction) {
        return objects.stream()
                .filter(policy -> policy.path("kind").asText().equals("NetworkPolicy"))
                .filter(policy -> namespace(policy).equals(namespace(object)))
                .filter(policy -> policy.at("/spec/policyTypes").toString().contains(direction))
                .anyMatch(policy -> selects(policy.at("/spec/podSelector/matchLabels"), template));
    }

    private static boolean selects(JsonNode labels, JsonNode template) {
        JsonNode ofPod = template.at("/metadata/labels");
        return labels.isObject()
                && labels.properties().stream()
                        .map(Map.Entry::getKey)
                        .allMatch(label -> labels.get(label).equals(ofPod.get(label)));
    }

    private static String namespace(JsonNode object) {
        return object.at("/metadata/namespace").asText();
    }

    static JsonNode template(JsonNode object) {
        return switch (object.path("kind").asText()) {
            case "CronJob" -> object.at("/spec/jobTemplate/spec/template");
            case "Pod" -> object;
            default -> object.at("/spec/template");
        };
    }

    private void expect(String name, String what, boolean kept) {
        if (!kept) {
            problems.add(name + ": " + what);
        }
    }
}
