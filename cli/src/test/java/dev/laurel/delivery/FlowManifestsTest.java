package dev.laurel.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.Laurel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flows and shards on a cluster. Whether Argo takes what is for it is asked by it/argo-workflows.sh, which has its CRDs. */
class FlowManifestsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void theFlowOfTheClusterIsTheExample() {
        assertThat(ROOT.resolve("manifests/components/flow/file/flow.yaml"))
                .hasSameBinaryContentAs(ROOT.resolve("examples/flow.yaml"));
    }

    @ParameterizedTest
    @CsvSource({
        "flow, local, CronJob, /spec/jobTemplate/spec/template/spec/volumes/0, /spec/jobTemplate/spec/template/spec/containers/0",
        "flow, production, CronJob, /spec/jobTemplate/spec/template/spec/volumes/0, /spec/jobTemplate/spec/template/spec/containers/0",
        "argo-workflows, local, CronWorkflow, /spec/workflowSpec/volumes/0, /spec/workflowSpec/templates/0/container",
        "argo-workflows, production, CronWorkflow, /spec/workflowSpec/volumes/0, /spec/workflowSpec/templates/0/container"
    })
    void aComponentFitsTheTrainerOfTheOverlay(
            String component, String overlay, String kind, String volume, String container, @TempDir Path folder)
            throws IOException {
        Kustomize.assumePresent();
        copy(ROOT.resolve("manifests"), folder.resolve("manifests"));
        Path trainer = folder.resolve("manifests/overlays/%s/trainer".formatted(overlay));
        Path kustomization = trainer.resolve("kustomization.yaml");
        Files.writeString(
                kustomization,
                Files.readString(kustomization)
                        .replace("  - ../address\n", "  - ../address\n  - ../../../components/" + component + "\n"));

        List<JsonNode> objects = Kustomize.objects(trainer);

        JsonNode flow = only(objects, kind, "flow");
        JsonNode file = objects.stream()
                .filter(object -> object.path("kind").asText().equals("ConfigMap"))
                .findFirst()
                .orElseThrow();
        assertThat(file.at("/data/flow.yaml").asText()).contains("steps:");
        assertThat(flow.at(volume + "/configMap/name").asText())
                .as("the hash of the file is in its name")
                .isEqualTo(file.at("/metadata/name").asText())
                .startsWith("flow-");
        assertThat(flow.at(container + "/image").asText()).endsWith("laurel-trainer:0.1.0");
        assertThat(flow.at(container + "/env/0/value").asText())
                .isEqualTo(only(objects, "CronJob", "trainer")
                        .at("/spec/jobTemplate/spec/template/spec/containers/0/env/0/value")
                        .asText())
                .startsWith("http");
        assertThat(Policies.problems(objects)).isEmpty();
        Schemas schemas = Schemas.load();
        assertThat(objects.stream()
                        .filter(object -> !object.path("kind").asText().equals("CronWorkflow")))
                .flatExtracting(schemas::problems)
                .isEmpty();
    }

    private static JsonNode only(List<JsonNode> objects, String kind, String name) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> rendered(List<String> options, String command) {
        List<Object> words = new ArrayList<>(List.of("shard", "--repo", "http://git:3000/laurel/models.git"));
        words.addAll(options);
        words.add("--");
        words.addAll(List.of(command.split(" ")));
        Laurel shown = Laurel.run(words.toArray());
        assertThat(shown.exit()).as(shown.toString()).isZero();
        return Kustomize.objects(shown.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"predict iris --from /work/rows.csv --to /work/p.csv", "train gold-change --cache /work/cache"})
    void anIndexedJobRunsTheShardsAndAnotherOneEndsThem(String command) throws IOException {
        List<JsonNode> objects = rendered(List.of("--shards", "50", "--secret", "trainer-git"), command);

        assertThat(objects).hasSize(2);
        assertThat(objects.get(0).at("/spec/completionMode").asText()).isEqualTo("Indexed");
        assertThat(objects.get(0).at("/spec/completions").asInt()).isEqualTo(50);
        assertThat(objects.get(0).at("/spec/template/spec/containers/0/args").toString())
                .contains("\"--shards\",\"50\"");
        assertThat(objects)
                .extracting(object -> object.at("/spec/template/metadata/labels/app.kubernetes.io~1name")
                        .asText())
                .as("whose NetworkPolicy is theirs")
                .containsOnly("laurel-trainer");
        assertThat(objects.get(1).at("/spec/suspend").asBoolean())
                .as("a person lets it go when all shards are done")
                .isTrue();
        assertThat(objects.get(1).at("/spec/template/spec/containers/0/args").toString())
                .doesNotContain("\"--shard\"");
        Schemas schemas = Schemas.load();
        assertThat(objects).flatExtracting(schemas::problems).isEmpty();
    }

    @Test
    void aCronJobRunsShardsThatLeaveTheirWorkInADatabase() throws IOException {
        List<JsonNode> objects = rendered(
                List.of("--shards", "4", "--form", "cronjob", "--schedule", "0 3 * * *"),
                "predict iris --from jdbc: --to jdbc:");

        assertThat(objects).hasSize(1);
        assertThat(Schemas.load().problems(objects.get(0))).isEmpty();

        Laurel files = Laurel.run(
                "shard", "--shards", 4, "--form", "cronjob", "--schedule", "0 3 * * *", "--", "train", "gold-change");
        assertThat(files.exit()).isOne();
        assertThat(files.err()).contains("--form: cronjob (expected: workflow").hasLineCount(1);
    }

    @Test
    void aWorkflowRunsThemInOrder() {
        JsonNode workflow = rendered(
                        List.of("--shards", "8", "--form", "workflow"), "train gold-change --cache /work/cache")
                .get(0);

        assertThat(workflow.at("/spec/templates/0/steps/0/0/withSequence/count").asText())
                .isEqualTo("8");
        assertThat(workflow.at("/spec/templates/0/steps/1/0/template").asText()).isEqualTo("end");
        assertThat(workflow.at("/spec/templates/1/container/args").toString())
                .endsWith("\"--shards\",\"8\",\"--shard\",\"{{inputs.parameters.number}}\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "serve iris|command: serve (expected: one of predict, train)",
                "predict iris --from rows.csv|--to: - (expected: a file below /work, or a database)",
                "train gold-change --forever|argument: --forever (expected: what 'laurel train --help' lists)"
            })
    void whatIsWrongIsSaidBeforeFiftyPodsDo(String command, String problem) {
        List<Object> words = new ArrayList<>(List.of("shard", "--shards", "3", "--"));
        words.addAll(List.of(command.split(" ")));
        Laurel shown = Laurel.run(words.toArray());

        assertThat(shown.exit()).isNotZero();
        assertThat(shown.err()).contains(problem).hasLineCount(1);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
