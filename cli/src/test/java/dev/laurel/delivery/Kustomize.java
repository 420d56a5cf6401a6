package dev.laurel.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code kubectl kustomize} or {@code kustomize build}, as Argo CD and people render. */
final class Kustomize {
    private static final List<String> COMMAND = command();
    private static final YAMLMapper YAML = new YAMLMapper();

    private Kustomize() {}

    /** Leaves a test out where neither is there; but not in CI. */
    static void assumePresent() {
        if (COMMAND.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(
                    "kubectl: missing in CI (expected: kubectl 1.25 or newer, or kustomize 5, on the PATH)");
        }
        assumeTrue(!COMMAND.isEmpty(), "left out: neither kubectl nor kustomize is on the PATH");
    }

    private static List<String> command() {
        return Stream.of(List.of("kubectl", "kustomize"), List.of("kustomize", "build"))
                .filter(command -> isThere(command.get(0)))
                .findFirst()
                .orElse(List.of());
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The objects that a folder renders to. */
    static List<JsonNode> objects(Path folder) {
        return objects(text(folder));
    }

    static String text(Path folder) {
        List<String> command = new ArrayList<>(COMMAND);
        command.add(folder.toString());
        Output output = run(command);
        assertThat(output.exit()).as(output.text()).isZero();
        return output.text();
    }

    static List<JsonNode> objects(String rendered) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(rendered)) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Output(int exit, String text) {}

    private static Output run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Output(process.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
