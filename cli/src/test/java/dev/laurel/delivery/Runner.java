package dev.laurel.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the {@code run:} steps of a workflow as they stand, with bash, in a work tree, as a runner of GitHub, Gitea or Forgejo does. What the host
 * puts in for <code>${{ }}</code> in the environment of a step is given; a script must have none.
 */
final class Runner {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ *(.*?) *}}");

    private final Path folder;
    private final Path workspace;
    private final Map<String, String> expressions;
    private final Map<String, String> environment = new HashMap<>();

    /** @param folder for files of the runner's own */
    Runner(Path folder, Path workspace, Map<String, String> expressions) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.workspace = workspace;
        this.expressions = new HashMap<>(expressions);
        this.expressions.put("runner.temp", folder.toString());
        environment.putAll(Map.of(
                "HOME",
                folder.toString(),
                "PATH",
                Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH"),
                "GIT_CONFIG_NOSYSTEM",
                "1",
                "RUNNER_TEMP",
                folder.toString()));
        for (String file : List.of("GITHUB_ENV", "GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")) {
            environment.put(file, folder.resolve(file).toString());
            Files.createFile(folder.resolve(file));
        }
    }

    /** What another runner has installed. */
    Runner having(Runner other) throws IOException {
        for (String file : List.of("GITHUB_ENV", "GITHUB_PATH")) {
            Files.writeString(folder.resolve(file), Files.readString(other.folder.resolve(file)));
        }
        return this;
    }

    /** What a step printed, on both streams, and its exit code. */
    record Result(int exit, String text) {}

    Result run(JsonNode workflow, String job, String name) throws IOException {
        JsonNode step = step(workflow, job, name);
        String script = step.path("run").asText();
        assertThat(script).as(name).isNotEmpty().doesNotContain("${{");
        ProcessBuilder bash = new ProcessBuilder(
                        "bash", "--noprofile", "--norc", "-eo", "pipefail", write("step.sh", script))
                .directory(workspace.toFile())
                .redirectErrorStream(true);
        bash.environment().clear();
        bash.environment().putAll(environment);
        lines("GITHUB_ENV").forEach(line -> {
            String[] variable = line.split("=", 2);
            bash.environment().put(variable[0], variable[1]);
        });
        bash.environment().merge("PATH", String.join(":", lines("GITHUB_PATH")), (path, added) -> added + ":" + path);
        step.path("env")
                .properties()
                .forEach(variable -> bash.environment()
                        .put(variable.getKey(), evaluated(variable.getValue().asText())));
        try {
            Process process = bash.start();
            String text = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Result(process.waitFor(), text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonNode step(JsonNode workflow, String job, String name) {
        for (JsonNode step : workflow.at("/jobs/" + job + "/steps")) {
            if (step.path("name").asText().equals(name)) {
                return step;
            }
        }
        throw new AssertionError("no step '%s' in the job %s".formatted(name, job));
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    /** The output of that name, of several lines, which a step set. */
    String output(String name) throws IOException {
        List<String> lines = new ArrayList<>(lines("GITHUB_OUTPUT"));
        String end = lines.remove(0).replaceFirst("^" + name + "<<", "");
        return String.join("\n", lines.subList(0, lines.indexOf(end)));
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }

    private String evaluated(String text) {
        Matcher expression = EXPRESSION.matcher(text);
        return expression.replaceAll(found -> {
            assertThat(expressions).containsKey(found.group(1));
            return Matcher.quoteReplacement(expressions.get(found.group(1)));
        });
    }
}
