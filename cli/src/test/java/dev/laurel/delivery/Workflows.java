package dev.laurel.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.laurel.registry.layout.workflows.WorkflowFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The workflows of this project, and those that it lays down in a models repository. */
final class Workflows {
    private static final Path OURS = Path.of("..", ".github", "workflows");
    private static final YAMLMapper YAML = new YAMLMapper();

    private Workflows() {}

    static JsonNode laidDown(String name) {
        return parse(WorkflowFiles.all(List.of()).get(".github/workflows/" + name));
    }

    /** The text of each, by a name for people. */
    static Map<String, String> all() {
        Map<String, String> all = new TreeMap<>();
        WorkflowFiles.all(List.of()).forEach((path, text) -> {
            if (path.endsWith(".yml")) {
                all.put("models: " + path, new String(text, UTF_8));
            }
        });
        try (Stream<Path> files = Files.list(OURS)) {
            for (Path file : files.sorted().toList()) {
                all.put("project: " + file.getFileName(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    static JsonNode parse(byte[] text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
