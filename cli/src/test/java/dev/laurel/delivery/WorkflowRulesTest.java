package dev.laurel.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each workflow keeps, ours and those of a models repository; actionlint looks at the rest. */
class WorkflowRulesTest {
    private static final Pattern USES = Pattern.compile("uses: (\\S+)(.*)");

    static List<String> names() {
        return List.copyOf(Workflows.all().keySet());
    }

    private static JsonNode workflow(String name) {
        return Workflows.parse(Workflows.all().get(name).getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachJobHasTheLeastPermissionsAndAnEnd(String name) {
        JsonNode workflow = workflow(name);

        assertThat(workflow.path("permissions").toString()).isEqualTo("{}");
        assertThat(workflow.has("concurrency")).isTrue();
        workflow.path("jobs").properties().forEach(job -> {
            assertThat(job.getValue().has("permissions")).as(job.getKey()).isTrue();
            assertThat(job.getValue().has("timeout-minutes") || job.getValue().has("uses"))
                    .as(job.getKey())
                    .isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void noScriptHasTextOfOthersPutIntoIt(String name) {
        workflow(name)
                .findValuesAsText("run")
                .forEach(script -> assertThat(script).doesNotContain("${{"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachActionIsPinnedByItsCommit(String name) {
        Matcher uses = USES.matcher(Workflows.all().get(name));
        while (uses.find()) {
            if (!uses.group(1).startsWith("./")) {
                assertThat(uses.group(1)).matches("[\\w.-]+/[\\w./-]+@[0-9a-f]{40}");
                assertThat(uses.group(2)).matches(" # v\\d+\\.\\d+\\.\\d+");
            }
        }
    }

    @Test
    void oneActionIsUsedInOneVersion() {
        Map<String, String> pins = new HashMap<>();
        Matcher uses = USES.matcher(Workflows.all().values().stream().collect(Collectors.joining("\n")));
        while (uses.find()) {
            String[] pin = uses.group(1).split("@", 2);
            if (pin.length == 2) {
                assertThat(pins.computeIfAbsent(pin[0], action -> pin[1])).isEqualTo(pin[1]);
            }
        }
        assertThat(pins).hasSizeGreaterThan(5);
    }

    @Test
    void eachInstallsWhatTheRepositoryPinsInTheSameWay() {
        for (String name : List.of("gate", "train", "promote")) {
            JsonNode workflow = Workflows.laidDown(name + ".yml");
            String branch = name.equals("gate") ? "the base" : "main";
            assertThat(Runner.step(workflow, name, "Install the Laurel that " + branch + " pins")
                            .path("run")
                            .asText())
                    .isEqualTo("bash .github/laurel/install.sh");
        }
    }

    @Test
    void theGateRunsNothingOfTheHead() {
        JsonNode gate = Workflows.laidDown("gate.yml");

        assertThat(gate.path("on").has("pull_request")).isFalse();
        assertThat(gate.at("/on/pull_request_target/branches").toString()).isEqualTo("[\"main\"]");
        assertThat(gate.findValues("ref"))
                .singleElement()
                .satisfies(ref -> assertThat(ref.asText()).contains("base_sha").doesNotContain("head"));
        assertThat(gate.at("/jobs/gate/permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
    }
}
