package dev.laurel.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A value that is another one in another document.
 *
 * @param path where it stands, {@code features[2].window}
 * @param from the one value, {@code to} the other; absent where nothing stands at that path
 */
public record DocumentDifference(
        String path, @Nullable String from, @Nullable String to) {

    /** What differs between two documents of one kind, ordered by path. */
    public static List<DocumentDifference> between(Object from, Object to) {
        SortedMap<String, String> before = values(from);
        SortedMap<String, String> after = values(to);
        SortedSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<DocumentDifference> differences = new ArrayList<>();
        for (String path : paths) {
            DocumentDifference difference = new DocumentDifference(path, before.get(path), after.get(path));
            if (!Objects.equals(difference.from, difference.to)) {
                differences.add(difference);
            }
        }
        return List.copyOf(differences);
    }

    private static SortedMap<String, String> values(Object document) {
        SortedMap<String, String> values = new TreeMap<>();
        collect("", Yaml.toTree(document), values);
        return values;
    }

    private static void collect(String path, JsonNode node, SortedMap<String, String> values) {
        if (node.isObject()) {
            node.forEachEntry((name, child) -> collect(path.isEmpty() ? name : path + "." + name, child, values));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + "[" + i + "]", node.get(i), values);
            }
        } else {
            values.put(path, node.asText());
        }
    }
}
