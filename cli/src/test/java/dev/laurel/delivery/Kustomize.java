package dev.laurel.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** {@code kubectl kustomize}, as Argo CD and people render. */
final class Kustomize {
    private static final YAMLMapper YAML = new YAMLMapper();

    private Kustomize() {}

    /** Leaves a test out where kubectl is missing; but not in CI. */
    static void assumePresent() {
        boolean present;
        try {
            present = run("kubectl", "version", "--client").exit() == 0;
        } catch (UncheckedIOException missing) {
            present = false;
        }
        if (!present && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("kubectl: missing in CI (expected: kubectl 1.25 or newer on the PATH)");
        }
        assumeTrue(present, "left out: kubectl is not on the PATH");
    }

    /** The objects that a folder renders to. */
    static List<JsonNode> objects(Path folder) {
        return objects(text(folder));
    }

    static String text(Path folder) {
        Output output = run("kubectl", "kustomize", folder.toString());
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

    private static Output run(String... command) {
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
