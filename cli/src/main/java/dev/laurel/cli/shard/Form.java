package dev.laurel.cli.shard;

import static dev.laurel.cli.shard.Cluster.map;

import dev.laurel.model.Expect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which objects of a cluster run the shards. */
enum Form {
    /** An Indexed Job for the shards, and one that waits for a person to put their results together. */
    JOB {
        @Override
        List<Object> objects(Work work, Cluster cluster, @Nullable String schedule) {
            Expect.that(schedule == null, "--schedule", String.valueOf(schedule), "--form cronjob or workflow with it");
            List<Object> objects = new ArrayList<>();
            objects.add(job(cluster.metadata(""), indexed(work, cluster)));
            if (!work.end().isEmpty()) {
                Map<String, Object> spec = map("suspend", true);
                spec.putAll(end(work, cluster));
                objects.add(job(cluster.metadata(END), spec));
            }
            return objects;
        }
    },
    /** The same Indexed Job again and again, where nothing has to be put together. */
    CRONJOB {
        @Override
        List<Object> objects(Work work, Cluster cluster, @Nullable String schedule) {
            Expect.that(schedule != null, "--schedule", "missing", "such as '30 22 * * 1-5'");
            Expect.that(
                    work.end().isEmpty(),
                    "--form",
                    "cronjob",
                    "workflow, since the results have to be put together when all shards are done; a CronJob knows no order");
            return List.of(map(
                    "apiVersion",
                    "batch/v1",
                    "kind",
                    "CronJob",
                    "metadata",
                    cluster.metadata(""),
                    "spec",
                    map(
                            "schedule",
                            String.valueOf(schedule),
                            "timeZone",
                            "Etc/UTC",
                            "concurrencyPolicy",
                            "Forbid",
                            "startingDeadlineSeconds",
                            3600,
                            "jobTemplate",
                            map("spec", indexed(work, cluster)))));
        }
    },
    /** A Workflow of Argo, a CronWorkflow with a schedule: the shards, then what puts their results together. */
    WORKFLOW {
        @Override
        List<Object> objects(Work work, Cluster cluster, @Nullable String schedule) {
            return List.of(ArgoWorkflow.of(work, cluster, schedule));
        }
    };

    private static final String END = "-end";
    private static final String ACCOUNT = "trainer";
    private static final int RETRIES = 5;

    /** @param schedule null for once */
    abstract List<Object> objects(Work work, Cluster cluster, @Nullable String schedule);

    private static Map<String, Object> job(Map<String, Object> metadata, Map<String, Object> spec) {
        return map("apiVersion", "batch/v1", "kind", "Job", "metadata", metadata, "spec", spec);
    }

    /** JOB_COMPLETION_INDEX says which shard a pod is. */
    private static Map<String, Object> indexed(Work work, Cluster cluster) {
        return map(
                "completionMode", "Indexed",
                "completions", work.shards(),
                "parallelism", Math.min(cluster.parallelism(), work.shards()),
                "backoffLimitPerIndex", RETRIES,
                "podFailurePolicy", policy("FailIndex"),
                "template", template(cluster, work.ofShard()));
    }

    private static Map<String, Object> end(Work work, Cluster cluster) {
        return map(
                "backoffLimit", RETRIES,
                "podFailurePolicy", policy("FailJob"),
                "template", template(cluster, work.end()));
    }

    /** What a new try would not change is not tried again; a node that goes away does not count. */
    private static Map<String, Object> policy(String action) {
        return map(
                "rules",
                List.of(
                        map(
                                "action",
                                action,
                                "onExitCodes",
                                map("containerName", "laurel", "operator", "In", "values", List.of(2, 3, 4))),
                        map(
                                "action",
                                "Ignore",
                                "onPodConditions",
                                List.of(map("type", "DisruptionTarget", "status", "True")))));
    }

    private static Map<String, Object> template(Cluster cluster, List<String> arguments) {
        return map("metadata", map("labels", Cluster.labels()), "spec", cluster.pod(ACCOUNT, arguments));
    }
}
