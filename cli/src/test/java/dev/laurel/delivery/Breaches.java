package dev.laurel.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Every policy, broken: shows that {@link Policies} would notice, in each pod that there is. */
final class Breaches {
    /** Of a pod's spec, by what is said then. */
    private static final Map<String, Consumer<ObjectNode>> OF_PODS = Map.of(
            "runAsNonRoot",
            pod -> security(pod).put("runAsNonRoot", false),
            "a numeric runAsUser other than 0",
            pod -> security(pod).put("runAsUser", 0),
            "seccompProfile RuntimeDefault",
            pod -> security(pod).withObject("/seccompProfile").put("type", "Unconfined"),
            "automountServiceAccountToken: false",
            pod -> pod.put("automountServiceAccountToken", true),
            "no hostNetwork",
            pod -> pod.put("hostNetwork", true),
            "no hostPID",
            pod -> pod.put("hostPID", true),
            "no hostIPC",
            pod -> pod.put("hostIPC", true),
            "no hostPath",
            pod -> pod.withArray("volumes").addObject().putObject("hostPath").put("path", "/"));

    /** Of a container. */
    private static final Map<String, List<Consumer<ObjectNode>>> OF_CONTAINERS = Map.ofEntries(
            Map.entry(
                    "allowPrivilegeEscalation: false",
                    List.of(it -> security(it).remove("allowPrivilegeEscalation"))),
            Map.entry("readOnlyRootFilesystem", List.of(it -> security(it).put("readOnlyRootFilesystem", false))),
            Map.entry("not privileged", List.of(it -> security(it).put("privileged", true))),
            Map.entry("runAsNonRoot", List.of(it -> security(it).put("runAsNonRoot", false))),
            Map.entry("no user of its own", List.of(it -> security(it).put("runAsUser", 0))),
            Map.entry(
                    "no seccompProfile of its own",
                    List.of(it -> security(it).putObject("seccompProfile").put("type", "Unconfined"))),
            Map.entry(
                    "capabilities: drop: [ALL]",
                    List.of(
                            it -> security(it).remove("capabilities"),
                            it -> security(it)
                                    .withObject("/capabilities")
                                    .putArray("add")
                                    .add("NET_ADMIN"))),
            Map.entry(
                    "a request for cpu", List.of(it -> resources(it, "requests").remove("cpu"))),
            Map.entry(
                    "a request for memory",
                    List.of(it -> resources(it, "requests").remove("memory"))),
            Map.entry("a limit for cpu", List.of(it -> resources(it, "limits").remove("cpu"))),
            Map.entry(
                    "a limit for memory", List.of(it -> resources(it, "limits").remove("memory"))),
            Map.entry(
                    "an image with a version",
                    List.of(
                            it -> image(it, name -> name + ":latest"),
                            it -> image(it, name -> name),
                            it -> image(it, name -> name + ":1@sha256:abc"),
                            it -> image(it, name -> name + "@sha256:abc"))));

    private static final List<String> PROBES = List.of("readinessProbe", "livenessProbe");

    private final List<JsonNode> objects;
    private final int at;

    private Breaches(List<JsonNode> objects, int at) {
        this.objects = objects;
        this.at = at;
    }

    /** @return how many objects bring pods */
    static int expectFound(List<JsonNode> objects) {
        int pods = 0;
        for (int at = 0; at < objects.size(); at++) {
            if (Policies.hasPods(objects.get(at))) {
                new Breaches(objects, at).expectFound();
                pods++;
            }
        }
        return pods;
    }

    private void expectFound() {
        JsonNode object = objects.get(at);
        String name = Policies.name(object);
        OF_PODS.forEach((said, breach) -> {
            boolean excepted = said.startsWith("automount") && name.equals("Job git-first-start");
            expect(excepted ? null : name + ": " + said, copy -> breach.accept(pod(copy)));
        });
        for (String kind : List.of("initContainers", "containers")) {
            JsonNode containers = Policies.template(object).at("/spec/" + kind);
            for (int i = 0; i < containers.size(); i++) {
                String container =
                        name + ", container " + containers.get(i).path("name").asText() + ": ";
                int number = i;
                OF_CONTAINERS.forEach((said, breaches) -> breaches.forEach(breach -> expect(
                        container + said,
                        copy -> breach.accept((ObjectNode) pod(copy).path(kind).get(number)))));
                if (kind.equals("containers") && containers.get(i).has("readinessProbe")) {
                    PROBES.forEach(probe -> expect(
                            name + ": " + probe,
                            copy -> ((ObjectNode) pod(copy).path(kind).get(number)).remove(probe)));
                    expect(name + ": time to start", copy -> {
                        ObjectNode hasty = (ObjectNode) pod(copy).path(kind).get(number);
                        hasty.remove("startupProbe");
                        hasty.withObject("/livenessProbe").remove("initialDelaySeconds");
                    });
                }
            }
        }
        for (String direction : List.of("Ingress", "Egress")) {
            expectWithout(direction, name + ": a NetworkPolicy for " + direction);
        }
        if (object.path("kind").asText().equals("Pod")) {
            expect(name + ": a hook", copy -> copy.withObject("/metadata").remove("annotations"));
        }
        if (object.path("kind").asText().equals("Deployment")) {
            expect(
                    name + ": maxUnavailable: 0",
                    copy -> copy.withObject("/spec/strategy/rollingUpdate").put("maxUnavailable", 1));
        }
    }

    /** @param said null where nothing is to be said */
    private void expect(String said, Consumer<ObjectNode> breach) {
        ObjectNode copy = objects.get(at).deepCopy();
        breach.accept(copy);
        List<JsonNode> broken = new ArrayList<>(objects);
        broken.set(at, copy);
        List<String> problems = Policies.problems(broken);
        if (said == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).singleElement().asString().startsWith(said);
        }
    }

    private void expectWithout(String direction, String said) {
        List<JsonNode> broken = objects.stream()
                .filter(object -> !object.path("kind").asText().equals("NetworkPolicy")
                        || !object.at("/spec/policyTypes").toString().contains(direction))
                .toList();

        assertThat(Policies.problems(broken)).contains(said);
    }

    private static ObjectNode pod(ObjectNode object) {
        return (ObjectNode) Policies.template(object).path("spec");
    }

    private static ObjectNode security(ObjectNode of) {
        return of.withObject("/securityContext");
    }

    private static ObjectNode resources(ObjectNode container, String kind) {
        return container.withObject("/resources/" + kind);
    }

    private static void image(ObjectNode container, UnaryOperator<String> version) {
        String name = container.path("image").asText().replaceFirst("(:[^:/@]+|@.*)$", "");
        container.put("image", version.apply(name));
    }
}
