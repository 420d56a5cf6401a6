package dev.laurel.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts the one container of a rendered pod template as a process of this machine: its arguments and its environment, with each volume as a
 * folder. ConfigMaps are laid out and replaced as the kubelet does it: files are links into {@code ..data}, which is a link as well.
 */
final class Pod {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Z_]+)\\)");

    private final Path root;
    private final JsonNode template;
    private final List<JsonNode> objects;
    private final JsonNode container;
    private final Map<String, String> mounts = new TreeMap<>();
    private final Map<String, String> overridden = new HashMap<>();
    private int writes;

    /** @param objects what was rendered, to look up ConfigMaps in */
    Pod(Path root, JsonNode template, List<JsonNode> objects) {
        this.root = root;
        this.template = template;
        this.objects = objects;
        this.container = template.at("/spec/containers/0");
        template.at("/spec/volumes").forEach(this::mount);
    }

    private void mount(JsonNode volume) {
        String name = volume.path("name").asText();
        try {
            Path folder = Files.createDirectories(root.resolve(name));
            container.path("volumeMounts").forEach(mount -> {
                if (mount.path("name").asText().equals(name)) {
                    mounts.put(mount.path("mountPath").asText(), folder.toString());
                }
            });
            if (volume.has("configMap")) {
                update(name, configMap(volume.at("/configMap/name").asText()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A Secret is not among the manifests; whoever makes it puts its files here. */
    Pod secret(String volume, String file, String content) throws IOException {
        Files.writeString(root.resolve(volume).resolve(file), content);
        return this;
    }

    /** What cannot be as it is in a cluster: ports that are taken, names that nobody resolves. */
    Pod set(String variable, String value) {
        overridden.put(variable, value);
        return this;
    }

    /** Puts other content into a mounted ConfigMap, by one rename. */
    void update(String volume, JsonNode data) throws IOException {
        Path folder = root.resolve(volume);
        Path version = Files.createDirectory(folder.resolve("..version" + ++writes));
        for (Map.Entry<String, JsonNode> file : data.properties()) {
            Files.writeString(version.resolve(file.getKey()), file.getValue().asText());
            Path link = folder.resolve(file.getKey());
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, Path.of("..data", file.getKey()));
            }
        }
        Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), version.getFileName());
        Files.move(next, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    Process start(String mainClass, Path output) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        container.path("args").forEach(argument -> command.add(argument.asText()));
        ProcessBuilder process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        process.environment().clear();
        container
                .path("env")
                .forEach(variable ->
                        process.environment().put(variable.path("name").asText(), onThisMachine(value(variable))));
        process.environment().putAll(overridden);
        process.environment().replaceAll((name, value) -> expanded(value, process.environment()));
        return process.start();
    }

    /** {@code $(NAME)}, as the kubelet replaces it. */
    private static String expanded(String value, Map<String, String> environment) {
        return REFERENCE
                .matcher(value)
                .replaceAll(reference ->
                        Matcher.quoteReplacement(environment.getOrDefault(reference.group(1), reference.group())));
    }

    private String value(JsonNode variable) {
        if (variable.has("value")) {
            return variable.path("value").asText();
        }
        JsonNode key = variable.at("/valueFrom/configMapKeyRef");
        if (!key.isMissingNode()) {
            return configMap(key.path("name").asText())
                    .path(key.path("key").asText())
                    .asText();
        }
        String field = variable.at("/valueFrom/fieldRef/fieldPath").asText();
        if (field.equals("metadata.namespace")) {
            return "laurel-production";
        }
        String label = field.replaceFirst("^metadata\\.labels\\['(.*)']$", "$1");
        return template.at("/metadata/labels").path(label).asText();
    }

    private String onThisMachine(String value) {
        for (Map.Entry<String, String> mount : mounts.entrySet()) {
            if (value.equals(mount.getKey()) || value.startsWith(mount.getKey() + "/")) {
                return mount.getValue() + value.substring(mount.getKey().length());
            }
        }
        return value;
    }

    private JsonNode configMap(String name) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals("ConfigMap"))
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("ConfigMap " + name + ": not rendered"))
                .path("data");
    }

    static String text(Path output) {
        try {
            return Files.readString(output, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
