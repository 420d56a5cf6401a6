package dev.laurel.registry.rule;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.model.ModelName;
import dev.laurel.schema.Finding;
import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Yaml;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads documents of a commit, and gathers what is wrong with them. */
final class CheckedDocuments {
    private final List<Finding> findings = new ArrayList<>();

    List<Finding> findings() {
        return findings;
    }

    void add(String file, String text) {
        findings.add(Finding.of(file, text));
    }

    void expect(String file, String thing, Object actual, Object expected) {
        if (!actual.equals(expected)) {
            add(file, "%s: %s (expected: %s)".formatted(thing, actual, expected));
        }
    }

    void expectModel(String file, ModelName named, ModelName folder) {
        if (!named.equals(folder)) {
            add(file, "model: %s (expected: %s, as its folder)".formatted(named, folder));
        }
    }

    /** Null when it cannot be read. */
    <T> @Nullable T read(String file, byte[] text, Class<T> type) {
        try {
            return Yaml.read(text, file, type);
        } catch (InvalidDocumentException e) {
            findings.add(Finding.of(file, e));
            return null;
        }
    }

    /** A document that says the same in other bytes than ours was not written by us. */
    void expectCanonical(String file, byte[] text, Object document) {
        byte[] ours = Yaml.write(document);
        if (Arrays.equals(text, ours)) {
            return;
        }
        List<String> actual = new String(text, UTF_8).lines().toList();
        List<String> expected = new String(ours, UTF_8).lines().toList();
        int line = 0;
        while (line < Math.min(actual.size(), expected.size())
                && actual.get(line).equals(expected.get(line))) {
            line++;
        }
        String shown = line < expected.size() ? "'" + expected.get(line) + "'" : "nothing more";
        findings.add(new Finding(file, line + 1, 0, "", "other bytes than Laurel writes (expected: " + shown + ")"));
    }
}
