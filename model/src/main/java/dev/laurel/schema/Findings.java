package dev.laurel.schema;

import dev.laurel.model.Nearest;
import dev.laurel.yaml.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was found wrong in a document, and where things stand in it. */
final class Findings {
    /** Many enough for any definition; a file that is none would have one for each line. */
    private static final int MOST = 100;

    private final String file;
    private final Map<String, Node.Place> places = new HashMap<>();
    private final List<Finding> all = new ArrayList<>();
    private final Set<String> wrong = new HashSet<>();

    Findings(String file) {
        this.file = file;
    }

    /** Says where something stands, for what is found wrong with it later. */
    void place(String path, Node.Place place) {
        places.putIfAbsent(path, place);
    }

    void add(String path, Node.Place place, String found, String expected) {
        add(path, place, "%s (expected: %s)".formatted(found, expected));
    }

    private void add(String path, Node.Place place, String problem) {
        wrong.add(path);
        if (all.size() < MOST) {
            all.add(new Finding(file, place.line(), place.column(), path, problem.replaceAll("\\p{Cntrl}", "?")));
        }
    }

    /** What a record has against its components; what is known to be wrong already is not said again. */
    void add(String path, String problem) {
        if (wrong.stream().noneMatch(known -> isWithin(known, path) || isWithin(path, known))) {
            add(path, nearest(path), problem);
        }
    }

    private static boolean isWithin(String inner, String outer) {
        return inner.equals(outer) || inner.startsWith(outer + ".") || inner.startsWith(outer + "[");
    }

    /** The place of what stands there, or of the nearest thing around it. */
    private Node.Place nearest(String path) {
        Node.Place place = places.get(path);
        if (place != null) {
            return place;
        }
        int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return end > 0 ? nearest(path.substring(0, end)) : path.isEmpty() ? new Node.Place(1, 1) : nearest("");
    }

    /** In the order of the document. */
    List<Finding> inOrder() {
        return all.stream()
                .sorted(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column))
                .toList();
    }

    /** {@code one of trees, depth}, and the one that was probably meant. */
    static String oneOf(Collection<String> words, String found) {
        String all = words.isEmpty() ? "none" : "one of " + String.join(", ", words);
        return all
                + Nearest.near(found, words)
                        .map("; did you mean %s?"::formatted)
                        .orElse("");
    }
}
