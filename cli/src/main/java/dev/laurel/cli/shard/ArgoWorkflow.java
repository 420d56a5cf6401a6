package dev.laurel.cli.shard;

import static dev.laurel.cli.shard.Cluster.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Argo Workflows, version 3.6 or newer: a CronWorkflow has a list of schedules since then. */
final class ArgoWorkflow {
    private static final String VERSION = "argoproj.io/v1alpha1";
    /** The account of components/argo-workflows, which may tell Argo how a step ended. */
    private static final String ACCOUNT = "flow";

    private ArgoWorkflow() {}

    static Map<String, Object> of(Work work, Cluster cluster, @Nullable String schedule) {
        Map<String, Object> spec = spec(work, cluster);
        return schedule == null
                ? map("apiVersion", VERSION, "kind", "Workflow", "metadata", cluster.metadata(""), "spec", spec)
                : map(
                        "apiVersion",
                        VERSION,
                        "kind",
                        "CronWorkflow",
                        "metadata",
                        cluster.metadata(""),
                        "spec",
                        map(
                                "schedules",
                                List.of(schedule),
                                "timezone",
                                "Etc/UTC",
                                "concurrencyPolicy",
                                "Forbid",
                                "workflowSpec",
                                spec));
    }

    private static Map<String, Object> spec(Work work, Cluster cluster) {
        List<Object> steps = new ArrayList<>();
        steps.add(List.of(map(
                "name",
                "shard",
                "template",
                "shard",
                "arguments",
                map("parameters", List.of(map("name", "number", "value", "{{item}}"))),
                "withSequence",
                map("count", Integer.toString(work.shards())))));
        List<Object> templates = new ArrayList<>();
        templates.add(map("name", "all", "steps", steps));
        templates.add(template("shard", work.ofShard("{{inputs.parameters.number}}"), cluster));
        if (!work.end().isEmpty()) {
            steps.add(List.of(map("name", "end", "template", "end")));
            templates.add(template("end", work.end(), cluster));
        }
        return map(
                "entrypoint", "all",
                "parallelism", Math.min(cluster.parallelism(), work.shards()),
                "serviceAccountName", ACCOUNT,
                "podMetadata", map("labels", Cluster.labels()),
                "securityContext", Cluster.userOnly(),
                "volumes", cluster.volumes(),
                "templates", templates);
    }

    private static Map<String, Object> template(String name, List<String> arguments, Cluster cluster) {
        Map<String, Object> template = map("name", name);
        if (name.equals("shard")) {
            template.put("inputs", map("parameters", List.of(map("name", "number"))));
        }
        template.put("retryStrategy", map("limit", "5", "retryPolicy", "Always"));
        template.put("container", cluster.container(null, arguments));
        return template;
    }
}
