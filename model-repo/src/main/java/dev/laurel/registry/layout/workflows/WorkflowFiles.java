package dev.laurel.registry.layout.workflows;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The workflows of a models repository, by their path in it: the gate of pull requests, training, promotion by hand. */
public final class WorkflowFiles {
    private static final String OWNERS = "CODEOWNERS";
    private static final String PIN = "release.sha256";

    private WorkflowFiles() {}

    /**
     * All of a new models repository.
     *
     * @param owners who has to look at changes of what runs, such as {@code @desk/owners}; without any the lines are laid down as comments
     */
    public static SortedMap<String, byte[]> all(List<String> owners) {
        SortedMap<String, byte[]> files = replaceable();
        files.put(path(PIN), bytes(PIN));
        files.put(path(OWNERS), owners(owners));
        return files;
    }

    /** Those that a newer Laurel replaces. */
    public static SortedMap<String, byte[]> replaceable() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (String file : List.of("gate.yml", "train.yml", "promote.yml", "install.sh")) {
            files.put(path(file), bytes(file));
        }
        return files;
    }

    private static String path(String file) {
        String folder = file.endsWith(".yml") ? "workflows/" : file.equals(OWNERS) ? "" : "laurel/";
        return ".github/" + folder + file;
    }

    private static byte[] owners(List<String> owners) {
        String text = new String(bytes(OWNERS), UTF_8);
        String filled = owners.isEmpty()
                ? text.replaceAll("(?m)^/", "# /").replace("${owners}", "@you")
                : text.replace("${owners}", String.join(" ", owners));
        return filled.getBytes(UTF_8);
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = WorkflowFiles.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(in, resource).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
